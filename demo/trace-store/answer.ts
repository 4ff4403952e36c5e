import type { ServerResponse } from 'node:http'

/** What a route answers, before anything is written. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string | Buffer
}

/** A JSON answer. */
export function json(status: number, value: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) }
}

/** An error in the shape of Jaeger's query API, version 3. */
export function queryError(status: number, message: string): Answer {
  return json(status, { error: { httpCode: status, message } })
}

/** Writes the answer. Nothing is cached: what is asked is always what came last. */
export function send(response: ServerResponse, answer: Answer): void {
  // OTLP answers tell nothing that a browser must not read twice, but no-store with a body that nobody drains keeps
  // Chromium's keepalive quota taken, so POST answers stay free of it.
  const cache = response.req.method === 'POST' ? {} : { 'cache-control': 'no-store' }
  response.writeHead(answer.status, { 'x-content-type-options': 'nosniff', ...cache, ...answer.headers })
  response.end(response.req.method === 'HEAD' ? undefined : answer.body)
}
