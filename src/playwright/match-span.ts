import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test'
import { describeMiss, nearestMiss } from '../traces/nearest-miss'
import { isOrderSpan, type OrderFields, orderFilter } from '../traces/orders'
import { describeFilter, fits, type SpanFilter, shown } from '../traces/span-filter'
import { hasEvidence, type TraceSource } from '../traces/trace-source'
import { ask, type MatcherOptions } from './ask'
import type { Verdict } from './decide'

/** Some span fits the filter. */
export function toHaveSpan(
  this: ExpectMatcherState,
  traces: TraceSource,
  filter: SpanFilter,
  options?: MatcherOptions,
): Promise<MatcherReturnType> {
  return ask(
    this,
    {
      name: 'toHaveSpan',
      asked: typeof filter === 'function' ? 'function' : describeFilter(filter),
      source: traces,
      nature: 'rising',
      judge: () => judge({ source: traces, filter, nothing: `No span is ${describeFilter(filter)}.` }),
    },
    options,
  )
}

/** Some operation of the order is as described. */
export function toHaveOrder(
  this: ExpectMatcherState,
  traces: TraceSource,
  orderId: string,
  order: OrderFields = {},
  options?: MatcherOptions,
): Promise<MatcherReturnType> {
  const filter = orderFilter(orderId, order)
  const nothing = `No operation of an order is ${describeFilter(filter)}.`
  return ask(
    this,
    {
      name: 'toHaveOrder',
      asked: Object.keys(order).length ? `${shown(orderId)}, ${describeOrder(order)}` : shown(orderId),
      source: traces,
      nature: 'rising',
      judge: () => judge({ source: traces, among: isOrderSpan, filter, nothing }),
      concerns: () => traces.spans({ orderId }).map(({ traceId }) => traceId),
    },
    options,
  )
}

const describeOrder = (order: OrderFields) =>
  `{ ${Object.entries(order)
    .map(([name, value]) => `${name}: ${shown(value)}`)
    .join(', ')} }`

interface Search {
  source: TraceSource
  among?: SpanFilter
  filter: SpanFilter
  /** What is said if there is none. */
  nothing: string
}

function judge({ source, among, filter, nothing }: Search): Verdict {
  const candidates = source.spans(among)
  const found = candidates.find((span) => fits(span, filter))
  if (found) {
    return { state: 'holds', explain: () => `There is one: ${found.service}: ${found.name} (span ${found.spanId}).` }
  }
  // That a page sent nothing of the kind is known only of one that sends something.
  if (!hasEvidence(source)) return { state: 'unknown', explain: () => `${nothing}\nNo span has come at all.` }
  return {
    state: 'fails',
    explain: () => {
      const near = nearestMiss(candidates, filter)
      return near ? `${nothing}\n${describeMiss(near)}` : nothing
    },
  }
}
