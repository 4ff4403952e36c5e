import { encodeRequest, encodeSpan } from '../spans/otlp-json'
import type { Backlog, Waiting } from './backlog'

/** Outlives the page within the share of the keepalive quota that is ours while it lives. */
export const BATCH_BYTES = 16 * 1024
const BATCH_SPANS = 32

export interface Batch {
  waiting: Waiting[]
  /** `undefined` for a single span that cannot be written as JSON. */
  body: Uint8Array<ArrayBuffer> | undefined
}

/** Takes as many spans as fit one request. A span that is too large alone goes alone, and so does one that cannot be written. */
export function takeBatch(backlog: Backlog, head: string): Batch {
  let waiting = backlog.take(BATCH_SPANS)
  let body = serialize(waiting, head)
  while ((!body || body.length > BATCH_BYTES) && waiting.length > 1) {
    const half = Math.ceil(waiting.length / 2)
    backlog.putBack(waiting.slice(half))
    waiting = waiting.slice(0, half)
    body = serialize(waiting, head)
  }
  return { waiting, body }
}

function serialize(waiting: Waiting[], head: string): Batch['body'] {
  try {
    return new TextEncoder().encode(
      encodeRequest(
        head,
        waiting.map(({ span }) => encodeSpan(span)),
      ),
    )
  } catch {
    return undefined
  }
}
