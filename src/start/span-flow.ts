import type { Context } from '@opentelemetry/api'
import { INTERRUPTED, SESSION_ID, USER_ID } from '../attributes'
import { operationOf } from '../continuity/operation-context'
import type { Counts } from '../delivery/counts'
import type { Delivery } from '../delivery/delivery'
import type { Session } from '../identity/session'
import type { User } from '../identity/user'
import type { Operation } from '../order/operation'
import type { Guard } from '../page/guard'
import type { Gate } from '../privacy/gate'
import type { FinishedSpan, RecordedSpan } from '../spans/recorded-span'

/** The way of every span: started, given its session, ended, given its order's ids, cleaned, delivered. */
export interface SpanFlow {
  onStart(span: RecordedSpan, context: Context): void
  onEnd(span: FinishedSpan): void
  /** The last part of the way of a span of an order. */
  releaseOrderSpan(span: FinishedSpan): void
  /** The page goes away: what is open ends now, marked as interrupted. */
  interruptAll(): void
}

export interface SpanFlowParts {
  session: Session
  user: User
  counts: Counts
  gate: Gate
  delivery: Delivery
  guard: Guard
}

export function createSpanFlow({ session, user, counts, gate, delivery, guard }: SpanFlowParts): SpanFlow {
  const open = new Set<RecordedSpan>()
  const operations = new WeakMap<FinishedSpan, Operation>()
  const deliver = (span: FinishedSpan, isOrder: boolean) => guard('delivery', () => delivery.add(gate(span), isOrder))

  const onStart = (span: RecordedSpan, context: Context) => {
    counts.made()
    open.add(span)
    const operation = operationOf(context) as Operation | undefined
    const userId = user.current()
    span.setAttribute(SESSION_ID, session.id)
    if (operation) operations.set(span, operation)
    else if (userId !== undefined) span.setAttribute(USER_ID, userId)
  }
  const onEnd = (span: FinishedSpan) => {
    open.delete(span as RecordedSpan)
    const operation = operations.get(span)
    if (operation) operation.accept(span)
    else deliver(span, false)
  }
  return {
    onStart: (span, context) => void guard('span-start', () => onStart(span, context)),
    onEnd: (span) => void guard('span-end', () => onEnd(span)),
    releaseOrderSpan: (span) => deliver(span, true),
    interruptAll() {
      for (const span of [...open]) span.setAttribute(INTERRUPTED, true).end()
    },
  }
}
