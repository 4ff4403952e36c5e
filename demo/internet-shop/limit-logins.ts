import type { ServerResponse } from 'node:http'
import { type ReadClient, readNetwork } from '../parts/http/client-address'
import { answerUnread } from '../parts/http/discard-body'
import { Attempts, ofAddress } from '../parts/login/attempts'
import type { HandOn } from '../parts/ui/proxy'

/**
 * Lets an address try so many passwords, on whichever accounts: the API counts by account, and sees no address but ours. Each attempt is counted before
 * it is known to be wrong.
 */
export function limitLogins(toApi: HandOn, readClient: ReadClient): HandOn {
  const attempts = new Attempts(ofAddress)
  return (request, response, options) => {
    if (request.method !== 'POST' || !isLogin(request.url)) return toApi(request, response, options)
    const address = readNetwork(readClient(request))
    if (!attempts.isOpen(address)) return answerUnread(request, response, () => refuse(response))
    const attempt = attempts.count(address)
    // Whoever goes away before the answer has not learned that he was right.
    response.once('close', () => {
      if (response.headersSent && response.statusCode !== 401) attempts.giveBack(address, attempt)
    })
    toApi(request, response, options)
  }
}

/** However the API may read it: in capitals, with a slash at the end, escaped. */
function isLogin(url = ''): boolean {
  const [path = ''] = url.split('?', 1)
  try {
    return /login/i.test(decodeURIComponent(path))
  } catch {
    return true
  }
}

function refuse(response: ServerResponse): void {
  const message = 'Too many passwords were tried from this address: try again in a minute.'
  response.writeHead(429, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'Retry-After': 60 })
  response.end(JSON.stringify({ error: { code: 'too_many_attempts', message } }))
}
