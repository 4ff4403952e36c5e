import type { IncomingMessage } from 'node:http'
import { finished } from 'node:stream/promises'

/** How much of a refused body is still read, and how long, so that its sender can read why. */
const mostBytes = 1024 * 1024
const mostMs = 500

/**
 * Waits for the end of a body that nobody wants, for a moment: a browser reads the answer when it has sent its body. Whoever sends slowly, or
 * without end, is cut off.
 */
export async function letBodyEnd(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return
  const enough = new AbortController()
  const timer = setTimeout(() => enough.abort(), mostMs)
  let discarded = 0
  request.on('data', (chunk: Buffer) => {
    discarded += chunk.length
    if (discarded > mostBytes) enough.abort()
  })
  request.resume()
  await finished(request, { signal: enough.signal, cleanup: true }).catch(() => undefined)
  clearTimeout(timer)
  request.pause()
}
