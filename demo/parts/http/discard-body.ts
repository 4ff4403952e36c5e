import type { IncomingMessage, ServerResponse } from 'node:http'
import { finished } from 'node:stream/promises'

/** A client that still sends after this much is cut off, bytes; an upload may be that large. */
const largestUpload = 256 * 1024 * 1024

/**
 * Reads and drops the rest of a body that nobody wants, and resolves when it is over. A browser reads the answer when it
 * has sent its body: closing the connection before that shows it a broken connection instead of our 413.
 */
export async function discardBody(request: IncomingMessage, maxBytes = largestUpload): Promise<void> {
  if (request.readableEnded || request.destroyed) return
  let discarded = 0
  request.unpipe()
  request.on('data', (chunk: Buffer) => {
    discarded += chunk.length
    if (discarded > maxBytes) request.destroy()
  })
  request.resume()
  // A client that goes away now has lost interest in its answer.
  await finished(request).catch(() => undefined)
}

/**
 * Answers without the body. Where the connection closes after the answer, the body has to be over first: closing in the
 * middle of it resets the connection, and the answer is lost with it.
 */
export function answerUnread(
  request: IncomingMessage,
  response: ServerResponse,
  answer: () => void,
  maxBytes?: number,
): void {
  const over = discardBody(request, maxBytes)
  if (response.shouldKeepAlive) answer()
  else over.then(() => response.destroyed || answer())
}
