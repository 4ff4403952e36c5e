import type { IncomingMessage } from 'node:http'
import { DoorRefusal } from './door-refusal'
import type { DoorLimits } from './limits'

/** The sender went away before its body was complete. */
export class SenderGone extends Error {}

/**
 * Reads a body as it comes over the wire, and no more than may be: what is announced as larger is refused before any of it is read, what
 * grows larger in that moment, what takes too long in that. The rest is left unread.
 */
export function readBody(request: IncomingMessage, limits: Pick<DoorLimits, 'bodyBytes' | 'bodyMs'>): Promise<Buffer> {
  const { bodyBytes, bodyMs } = limits
  const tooLarge = () => new DoorRefusal('too_large', `the body is larger than ${bodyBytes} bytes`)
  if (Number(request.headers['content-length'] ?? 0) > bodyBytes) return Promise.reject(tooLarge())
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const end = (settle: () => void) => {
      clearTimeout(timer)
      request.off('data', onData).off('end', onEnd).off('close', onClose).pause()
      settle()
    }
    const onData = (chunk: Buffer) => {
      size += chunk.length
      if (size > bodyBytes) return end(() => reject(tooLarge()))
      chunks.push(chunk)
    }
    const onEnd = () => end(() => resolve(Buffer.concat(chunks)))
    const onClose = () => end(() => reject(new SenderGone()))
    const isSlow = () => end(() => reject(new DoorRefusal('slow_body', `the body took longer than ${bodyMs} ms`)))
    const timer = setTimeout(isSlow, bodyMs)
    request.on('data', onData).on('end', onEnd).on('close', onClose)
  })
}
