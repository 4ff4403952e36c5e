import { ORDER_ID, ORDER_OUTCOME, ORDER_REASON, ORDER_SPAN_PREFIX, ORDER_STEP } from '../attributes'
import type { ReceivedSpan } from '../otlp/received-span'
import type { SpanFields } from './span-filter'
import type { TraceSource } from './trace-source'

/** What an order's operation must be; what is not named may be anything. */
export interface OrderFields {
  /** `submit` for the span `order.submit`. */
  step?: string
  outcome?: 'confirmed' | 'failed' | 'abandoned' | 'continued'
  /** Why it failed, or was abandoned. */
  reason?: string | RegExp
  userId?: string
  service?: string | RegExp
  attributes?: SpanFields['attributes']
}

/** The traces of one order: every span of each trace that has its `order_id`. */
export interface OrderTraces extends TraceSource {
  readonly orderId: string
  traceIds(): string[]
}

/** The span of an operation; not of a part of it, whose name begins alike. */
export const isOrderSpan = ({ name, attributes }: ReceivedSpan): boolean =>
  name.startsWith(ORDER_SPAN_PREFIX) && attributes[ORDER_STEP] !== undefined

export function tracesOfOrder(source: TraceSource, orderId: string): OrderTraces {
  const traceIds = () => [...new Set(source.spans({ orderId }).map(({ traceId }) => traceId))]
  return {
    ...source,
    orderId,
    traceIds,
    spans(filter = {}) {
      const ids = new Set(traceIds())
      return source.spans(filter).filter(({ traceId }) => ids.has(traceId))
    },
    summary: () => {
      const ids = traceIds()
      return `${source.summary()}\n${ids.length ? `Order ${orderId} is in ${ids.length === 1 ? 'trace' : 'traces'} ${ids.join(', ')}.` : `No span has ${ORDER_ID} ${orderId}.`}`
    },
  }
}

export function orderFilter(orderId: string, order: OrderFields): SpanFields {
  const { step, outcome, reason, userId, service, attributes } = order
  return {
    ...(step !== undefined && { name: ORDER_SPAN_PREFIX + step }),
    orderId,
    ...(userId !== undefined && { userId }),
    ...(service !== undefined && { service }),
    attributes: {
      ...attributes,
      ...(outcome !== undefined && { [ORDER_OUTCOME]: outcome }),
      ...(reason !== undefined && { [ORDER_REASON]: reason }),
    },
  }
}
