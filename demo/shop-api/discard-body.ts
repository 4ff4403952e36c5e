import type { Request } from 'express'

/** A client that still sends after this much is cut off, bytes. */
const maxDiscarded = 256 * 1024 * 1024

/**
 * Reads and drops the rest of a refused upload. A browser reads the answer when it has sent its body: closing the
 * connection before that shows it a broken connection instead of our 413.
 */
export function discardBody(request: Request): void {
  if (request.readableEnded || request.destroyed) return
  let discarded = 0
  request.unpipe()
  request.on('data', (chunk: Buffer) => {
    discarded += chunk.length
    if (discarded > maxDiscarded) request.destroy()
  })
  // A client that goes away now has lost interest in its answer.
  request.on('error', () => undefined)
  request.resume()
}
