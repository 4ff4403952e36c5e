import { type Context, type Span, type SpanContext, SpanStatusCode, type Tracer } from '@opentelemetry/api'
import { ERROR_TYPE, INTERRUPTED, ORDER_OUTCOME, ORDER_REASON, ORDER_SPAN_PREFIX, ORDER_STEP } from '../attributes'
import { type OperationScope, withOperation } from '../continuity/operation-context'
import type { FinishedSpan } from '../spans/recorded-span'
import { ROOT_CONTEXT } from '../spans/root-context'
import { withSpan, withSpanContext } from '../spans/span-context'
import type { Outcome } from '../tracing'
import { describeFailure } from './failure'
import { type HeldSpans, holdSpans, type Release } from './held-spans'

export interface OperationParts {
  tracer: Tracer
  release: Release
  userId(): string | undefined
}

export interface OperationEnd {
  onEnd(operation: Operation): void
}

/** One operation on an order, as the other rooms see it. */
export interface Operation extends OperationScope {
  readonly step: string
  readonly continues: boolean
  readonly span: Span
  /** The context of the operation's own span: what its requests have as parent. */
  readonly context: Context
  setOrderId(id: string): void
  setUserId(id: string): void
  /** Takes a span of the operation that ended, to give it the ids. */
  accept(span: FinishedSpan): void
  /** The first end counts. */
  end(outcome: Outcome, reason?: unknown, endTime?: number): void
  /** Called when no request of the operation is in flight any more. */
  onIdle: ((failure: string | undefined) => void) | undefined
  /** Called when the page goes away, before the operation is ended as abandoned. */
  onLeave: (() => void) | undefined
  readonly requests: { started: number; inFlight: number }
  /** Of the attributes that the page gave. */
  readonly attributeNames: Set<string>
}

/** How an operation begins. */
export interface Beginning {
  /** ms since the epoch; now if not given */
  startTime?: number | undefined
  /** What an earlier page left. */
  earlier?: { parent: SpanContext; orderId: string | undefined; userId: string | undefined } | undefined
  /** Whether it goes on on a later page. */
  continues?: boolean | undefined
}

export function startOperation(step: string, beginning: Beginning, parts: OperationParts & OperationEnd): Operation {
  const { earlier, startTime, continues = false } = beginning
  const ids = { orderId: earlier?.orderId, userId: earlier?.userId ?? parts.userId() }
  const held: HeldSpans = holdSpans(ids, parts.release)
  const requests = { started: 0, inFlight: 0 }
  let isOpen = true

  const operation: Operation = {
    step,
    continues,
    requests,
    attributeNames: new Set(),
    onIdle: undefined,
    onLeave: undefined,
    get isOpen() {
      return isOpen
    },
    get orderId() {
      return ids.orderId
    },
    get userId() {
      return ids.userId
    },
    // Filled in below: the span's processor wants the operation in the span's context.
    span: undefined as unknown as Span,
    context: undefined as unknown as Context,
    setOrderId(id) {
      ids.orderId = id
      held.releaseIfKnown()
    },
    setUserId(id) {
      ids.userId ??= id
      held.releaseIfKnown()
    },
    accept: (span) => held.accept(span, isOpen),
    requestStarted() {
      requests.started++
      requests.inFlight++
    },
    requestSettled(failure) {
      if (--requests.inFlight === 0) operation.onIdle?.(failure)
    },
    end(outcome, reason, endTime) {
      if (!isOpen) return
      isOpen = false
      try {
        endSpan(operation.span, outcome, reason, endTime)
      } finally {
        // Whatever failed: nothing goes on for an operation that has ended.
        held.releaseAll()
        parts.onEnd(operation)
      }
    },
  }
  const before = earlier ? withSpanContext(ROOT_CONTEXT, earlier.parent) : ROOT_CONTEXT
  const root = withOperation(before, operation)
  const span = parts.tracer.startSpan(
    ORDER_SPAN_PREFIX + step,
    { attributes: { [ORDER_STEP]: step }, ...(startTime !== undefined && { startTime }) },
    root,
  )
  return Object.assign(operation, { span, context: withSpan(root, span) })
}

function endSpan(span: Span, outcome: Outcome, reason: unknown, endTime: number | undefined): void {
  span.setAttribute(ORDER_OUTCOME, outcome)
  if (outcome === 'failed') {
    const failure = describeFailure(reason)
    span.setAttributes({ [ERROR_TYPE]: failure.type, [ORDER_REASON]: failure.reason })
    span.setStatus({ code: SpanStatusCode.ERROR, message: failure.reason })
  }
  if (outcome === 'abandoned') span.setAttributes({ [INTERRUPTED]: true, [ORDER_REASON]: String(reason) })
  span.end(endTime)
}
