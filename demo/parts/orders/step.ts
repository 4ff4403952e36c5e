import { type Link, TraceFlags } from '@opentelemetry/api'
import { readServerSpan } from '../tracing/edge'
import type { OrderStatus } from './order-status'

const shape = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

/** This step of the order as the next one will refer to it: the `traceparent` of the request's span. */
export function readStep(): string | null {
  const span = readServerSpan()?.spanContext()
  return span ? `00-${span.traceId}-${span.spanId}-0${span.traceFlags & TraceFlags.SAMPLED}` : null
}

/** Links the request's span to the step before it, so that the life of an order can be followed from trace to trace. */
export function linkToStep(previous: string | null, status: OrderStatus): void {
  const link = previous && toLink(previous, status)
  if (link) readServerSpan()?.addLink(link)
}

/** Is this what {@link readStep} gives? It arrives in messages. */
export function isStep(value: unknown): value is string {
  return typeof value === 'string' && shape.test(value)
}

function toLink(step: string, status: OrderStatus): Link | undefined {
  const [, traceId, spanId, flags] = step.match(shape) ?? []
  if (!traceId || !spanId) return undefined
  return {
    context: { traceId, spanId, traceFlags: Number(`0x${flags}`), isRemote: true },
    attributes: { 'link.kind': 'previous step', 'order.status': status },
  }
}
