import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerUnread } from '../parts/http/discard-body'
import { type Answer, json, queryError, send } from './answer'
import { answerPage } from './answer-page'
import { answerQuery } from './query-api'
import { receiveTraces } from './receive-traces'
import { refuseForeign } from './refuse-foreign'
import { createTraceMemory, type TraceMemory } from './trace-memory'

export interface TraceStoreOptions {
  /** Port on 127.0.0.1; 0 takes a free one. Default 0. */
  port?: number
  /** Spans kept over all traces. Default 20,000, which is some 60 MB (measured with 14 attributes each). */
  maxSpans?: number
  /** Traces kept. Default 5,000. */
  maxTraces?: number
  /** Largest export request, before and after gunzip. Default 4 MiB. */
  maxBodyBytes?: number
  /** Called once, when the first trace has to go for others. */
  onFull?: () => void
}

export interface TraceStore {
  url: string
  memory: TraceMemory
  stop(): Promise<void>
}

/**
 * Starts the demo's embedded trace store: an OTLP/HTTP receiver (`POST /v1/traces`) that keeps recent traces in memory
 * and answers Jaeger's query API, version 3. It is not Jaeger, and it listens on loopback alone.
 * @throws the server's error when the port is taken.
 */
export async function createTraceStore(options: TraceStoreOptions = {}): Promise<TraceStore> {
  const { port = 0, maxSpans = 20_000, maxTraces = 5_000, maxBodyBytes = 4 * 1024 * 1024, onFull } = options
  const memory = createTraceMemory({ maxSpans, maxTraces, onFull })
  const server = createServer((request, response) => {
    answer(request, { memory, maxBodyBytes })
      .then((result) => answerUnread(request, response, () => send(response, result)))
      .catch((error: unknown) => fail(response, error))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    memory,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  request: IncomingMessage,
  limits: { memory: TraceMemory; maxBodyBytes: number },
): Promise<Answer> {
  const refusal = refuseForeign(request)
  if (refusal) return refusal
  // Joined rather than resolved: a path such as `//host` would otherwise be read as another host.
  const url = new URL(`http://store${request.url?.startsWith('/') ? request.url : '/'}`)
  if (url.pathname === '/v1/traces') {
    if (request.method !== 'POST') return notAllowed('POST')
    return receiveTraces(request, limits)
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed('GET, HEAD')
  if (url.pathname === '/health') return json(200, { status: 'ok', ...limits.memory.counts() })
  return answerQuery(url, limits.memory) ?? (await answerPage(url.pathname)) ?? queryError(404, 'no such path')
}

function notAllowed(allow: string): Answer {
  const answer = queryError(405, `only ${allow} here`)
  return { ...answer, headers: { ...answer.headers, allow } }
}

function fail(response: ServerResponse, error: unknown): void {
  // The sender going away in mid-body is its own affair, not a defect of the store.
  if (response.req.destroyed && !response.req.complete) return
  console.error('trace store:', error)
  if (!response.headersSent) send(response, queryError(500, 'internal error'))
}
