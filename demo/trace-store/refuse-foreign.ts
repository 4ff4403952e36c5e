import type { IncomingMessage } from 'node:http'
import { isLoopback } from '../parts/login/provider-connection'
import { type Answer, queryError } from './answer'

/**
 * Refuses what a page of any web site asks of this machine. It may send here unasked, but its requests name its origin; and a name of its own
 * that it lets lead to 127.0.0.1 makes it the same origin, but is the name in `Host`.
 */
export function refuseForeign({ headers, method }: IncomingMessage): Answer | undefined {
  const own = `http://${headers.host}`
  if (!URL.canParse(own) || !isLoopback(new URL(own))) return queryError(421, 'only this machine is answered')
  const isForeign = headers.origin !== undefined && headers.origin !== own
  // A link leads here from anywhere; what it shows is no page's but this one's.
  const isLink = method === 'GET' && headers['sec-fetch-mode'] === 'navigate'
  const site = headers['sec-fetch-site'] ?? 'none'
  const isSent = !isLink && site !== 'none' && site !== 'same-origin'
  return isForeign || isSent ? queryError(403, 'pages of other origins are not answered') : undefined
}
