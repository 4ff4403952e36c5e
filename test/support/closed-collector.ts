import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Happenings } from './happenings'
import { decodeSpans, type SentSpan } from './otlp'

/** A collector on a port of its own, where nobody listens until it is opened. */
export interface ClosedCollector {
  readonly url: string
  readonly spans: Happenings<SentSpan>
  open(): Promise<void>
  close(): Promise<void>
}

const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' }

export async function createClosedCollector(): Promise<ClosedCollector> {
  const spans = new Happenings<SentSpan>()
  const server = createServer(async (incoming, response) => {
    const chunks = await incoming.toArray()
    if (incoming.method === 'POST') spans.add(...decodeSpans(JSON.parse(Buffer.concat(chunks).toString())))
    response.writeHead(200, CORS).end('{}')
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  await close()
  return { url: `http://127.0.0.1:${port}/v1/traces`, spans, open: () => listen(port), close }
}
