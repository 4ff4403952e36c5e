import type { SpanContext } from '@opentelemetry/api'
import { ORDER_ID, USER_ID } from '../attributes'

export const TRACEPARENT = 'traceparent'
export const TRACESTATE = 'tracestate'
export const BAGGAGE = 'baggage'

export interface BaggageIds {
  orderId: string | undefined
  userId: string | undefined
}

/**
 * The headers of W3C Trace Context (https://www.w3.org/TR/trace-context/) and, with `ids`, of W3C Baggage (https://www.w3.org/TR/baggage/).
 * Only sampled spans come here: `…-00` would switch the servers' parts of the trace off.
 */
export function traceHeaders(span: SpanContext, ids?: BaggageIds): [name: string, value: string][] {
  const headers: [string, string][] = [[TRACEPARENT, `00-${span.traceId}-${span.spanId}-01`]]
  const state = span.traceState?.serialize()
  if (state) headers.push([TRACESTATE, state])
  const baggage = ids && serializeBaggage(ids)
  if (baggage) headers.push([BAGGAGE, baggage])
  return headers
}

function serializeBaggage({ orderId, userId }: BaggageIds): string {
  const entries = [
    [ORDER_ID, orderId],
    [USER_ID, userId],
  ]
  return entries.flatMap(([name, id]) => (id ? `${name}=${encodeURIComponent(id)}` : [])).join(',')
}
