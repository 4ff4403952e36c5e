import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { createIntake, type Intake } from '../../src/collector/intake'
import { sendReply } from '../../src/collector/send-reply'
import type { ReceivedSpan } from '../../src/otlp/received-span'
import { Happenings } from './happenings'

/** A request as a server received it. */
export interface Received {
  origin: string
  method: string
  path: string
  /** Names and values alternating, in the letter case and order of the wire. */
  rawHeaders: string[]
  headers: IncomingMessage['headers']
  /** Decompressed. */
  body: string
  bytes: Buffer
}

export type Handler = (request: Received, response: ServerResponse, incoming: IncomingMessage) => void | Promise<void>

/**
 * A company's web site in small: pages and an API on one origin, another API on a second origin behind CORS, and on both a collector, which is
 * the package's own. Real HTTP servers, so that what is asserted is what left the browser.
 */
export interface Site {
  /** The pages' origin. */
  readonly origin: string
  /** The other origin, whose CORS allows `corsHeaders`. */
  readonly other: string
  /** The pages' own server, for what is no request: WebSocket. */
  readonly server: Server
  corsHeaders: string
  readonly requests: Happenings<Received>
  readonly preflights: Happenings<Received>
  /** Its `answer` is what a collector in trouble says. */
  readonly collector: Intake
  /** What the collector took. */
  readonly spans: Happenings<ReceivedSpan>
  /** The collector's requests, as they came, whatever was answered. */
  readonly exports: Happenings<Received>
  /** Answers a path on both origins; without one, `/api/…` answers `{ "id": "o-42" }`. */
  on(path: string, handler: Handler): void
  page(path: string, html: string): void
  close(): Promise<void>
}

export const COLLECTOR = '/v1/traces'

export async function createSite(): Promise<Site> {
  const handlers = new Map<string, Handler>()
  const requests = new Happenings<Received>()
  const preflights = new Happenings<Received>()
  const collector = createIntake()
  const spans = new Happenings<ReceivedSpan>()
  const exports = new Happenings<Received>()
  const site = { corsHeaders: 'content-type, traceparent, tracestate, baggage' }

  const answer: Handler = (request, response, incoming) => {
    const path = new URL(request.path, request.origin).pathname
    const handler = handlers.get(path)
    if (handler) return handler(request, response, incoming)
    const failure = new URL(request.path, request.origin).searchParams.get('fail')
    if (failure) return void response.writeHead(Number(failure)).end()
    if (path.startsWith('/api/'))
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"o-42"}')
    response.writeHead(path === '/favicon.ico' ? 204 : 404).end()
  }
  const receive = async (incoming: IncomingMessage, response: ServerResponse, origin: string) => {
    const request = await read(incoming, origin)
    if (incoming.method === 'OPTIONS') {
      preflights.add(request)
      return void response.writeHead(204, cors(site.corsHeaders, incoming)).end()
    }
    for (const [name, value] of Object.entries(cors(site.corsHeaders, incoming))) response.setHeader(name, value)
    const { pathname } = new URL(request.path, origin)
    if (pathname === COLLECTOR && !handlers.has(COLLECTOR)) return collect(request, response)
    requests.add(request)
    await answer(request, response, incoming)
  }
  const collect = async (request: Received, response: ServerResponse) => {
    exports.add(request)
    const { origin, path, headers, bytes: body } = request
    const { delivery, reply } = await collector.receive({
      url: origin + path,
      headers: headers as Record<string, string>,
      body,
    })
    if (!delivery.refused) spans.add(...delivery.spans)
    sendReply(response, reply)
  }
  const [pages, api] = await Promise.all([listen(receive), listen(receive)])
  return Object.assign(site, {
    origin: pages.origin,
    other: api.origin,
    server: pages.server,
    requests,
    preflights,
    collector,
    spans,
    exports,
    on: (path: string, handler: Handler) => void handlers.set(path, handler),
    page(path: string, html: string) {
      handlers.set(path, (_request, response) => {
        response
          .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
          .end(`<!doctype html><meta charset=utf-8>${html}`)
      })
    },
    close: async () => void (await Promise.all([close(pages.server), close(api.server)])),
  })
}

type Receive = (incoming: IncomingMessage, response: ServerResponse, origin: string) => Promise<void>

async function listen(receive: Receive): Promise<{ server: Server; origin: string }> {
  let origin = ''
  const server = createServer((incoming, response) => {
    receive(incoming, response, origin).catch((error) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { server, origin }
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

async function read(incoming: IncomingMessage, origin: string): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  const body = (incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString()
  const { method = '', url: path = '', rawHeaders, headers } = incoming
  return { origin, method, path, rawHeaders, headers, body, bytes }
}

/** Exactly what an API behind CORS answers: its own origin list would stand here, and no header that it does not allow. */
function cors(allowed: string, { headers }: IncomingMessage): Record<string, string> {
  if (!headers.origin) return {}
  return {
    'access-control-allow-origin': headers.origin,
    'access-control-allow-headers': allowed,
    'access-control-allow-methods': 'GET, POST, PUT, DELETE',
    vary: 'origin',
  }
}
