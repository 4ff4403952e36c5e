import { ORDER_ID, USER_ID } from '../attributes'
import type { FinishedSpan } from '../spans/recorded-span'

/** Hands a finished span of an operation on to delivery. */
export type Release = (span: FinishedSpan) => void

export interface HeldSpans {
  /** @param mayWait whether the operation is still open, so that an id may yet come */
  accept(span: FinishedSpan, mayWait: boolean): void
  releaseIfKnown(): void
  releaseAll(): void
}

/** An operation that waits for its id for hours must not gather spans without end. */
const MOST_HELD = 1000

/** Keeps the finished spans of an operation until its ids are known or cannot come any more, and puts the ids on them. */
export function holdSpans(
  ids: { orderId: string | undefined; userId: string | undefined },
  release: Release,
): HeldSpans {
  const held: FinishedSpan[] = []
  const releaseWithIds = (span: FinishedSpan) => {
    if (ids.orderId !== undefined) span.attributes[ORDER_ID] = ids.orderId
    if (ids.userId !== undefined) span.attributes[USER_ID] = ids.userId
    release(span)
  }
  const releaseAll = () => {
    for (const span of held.splice(0)) releaseWithIds(span)
  }
  const isKnown = () => ids.orderId !== undefined && ids.userId !== undefined
  return {
    accept(span, mayWait) {
      held.push(span)
      if (!mayWait || isKnown()) releaseAll()
      else if (held.length > MOST_HELD) releaseWithIds(held.shift() as FinishedSpan)
    },
    releaseIfKnown() {
      if (isKnown()) releaseAll()
    },
    releaseAll,
  }
}
