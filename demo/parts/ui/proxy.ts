import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { pipeline } from 'node:stream'
import { answerUnread, discardBody } from '../http/discard-body'

export type HandOn = (request: IncomingMessage, response: ServerResponse, options?: HandOnOptions) => void

export interface HandOnOptions {
  /** Sent instead of the browser's own, as pairs in a row. */
  headers?: string[]
  /** Sees the body of the answer as it goes by. */
  look?(chunk: Buffer): void
}

/**
 * Hands requests on to another server without touching body or headers, so that what the API receives is what the
 * browser sent, byte for byte: a proxy that tidies headers would hide what the trace headers really look like.
 * @param maxUnread how much of a body that the server did not want is still taken, bytes. Default: that of an upload
 */
export function createProxy(target: string, maxUnread?: number): HandOn {
  const base = new URL(target)
  const send = base.protocol === 'https:' ? httpsRequest : httpRequest
  const prefix = base.pathname.replace(/\/$/, '')

  return (request, response, { headers = request.rawHeaders, look } = {}) => {
    const path = prefix + request.url
    // A connection for each request: one kept from before may be closing, and an order must not be sent twice to find out.
    const options = { method: request.method, path, headers, setHost: false, agent: false as const }
    const onward = send(base, options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders)
      pipeline(answer, response, () => undefined)
      if (look) answer.on('data', look)
      // Node's client emits no `drain` once the answer has ended: a body that is still under way would stand still for
      // good, and the next request of its connection behind it. Nobody waits for the rest, so it ends here.
      answer.once('end', () => {
        discardBody(request, maxUnread)
        if (!onward.writableFinished) onward.destroy()
      })
    })
    request.pipe(onward)
    request.once('close', () => {
      if (!request.complete) onward.destroy()
    })
    onward.on('error', () => fail(request, response, maxUnread))
  }
}

/** The server behind is down, or went away in the middle. */
function fail(request: IncomingMessage, response: ServerResponse, maxUnread?: number): void {
  if (response.headersSent) return void response.destroy()
  const message = 'The service behind this page does not answer: try again in a minute.'
  const answer = () => {
    response.writeHead(502, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ error: { code: 'bad_gateway', message } }))
  }
  answerUnread(request, response, answer, maxUnread)
}
