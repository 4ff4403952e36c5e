import type { ServerResponse } from 'node:http'
import type { Reply } from './http-answer'

/** Does to a request what is to become of it. */
export function sendReply(response: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return
  if (reply === 'reset') response.socket?.resetAndDestroy()
  else response.writeHead(reply.status, reply.headers).end(reply.body)
}
