import type { ReceivedSpan } from '../../src/otlp/received-span'
import type { Delivery } from '../../src/traces/delivery'
import { withoutRepeats } from '../../src/traces/group-traces'
import { isOrderSpan } from '../../src/traces/orders'
import type { Site } from './site'

/** Resolves with the spans that fit, each once, as soon as so many different ones have come. */
export async function waitForEach(
  { spans, collector }: Site,
  count: number,
  what: string,
  fits: (span: ReceivedSpan) => boolean = () => true,
): Promise<ReceivedSpan[]> {
  await spans.waitUntil((all) => withoutRepeats(all.filter(fits)).length >= count, what)
  return arrived(collector.log.deliveries).filter(fits)
}

/**
 * The spans that a collector has taken, each once. One that came again has to be what the next page repeats of an order whose answer nobody saw: a
 * span of an order, once more, by a request of its own, the same to the last byte.
 * @throws Error if it is anything else
 */
export function arrived(deliveries: readonly Delivery[]): ReceivedSpan[] {
  const taken = deliveries.filter(({ refused }) => !refused)
  const spans = taken.flatMap((delivery) => delivery.spans)
  const orders = new Set(spans.filter(isOrderSpan).map(({ traceId }) => traceId))
  const came = new Map<string, { text: string; delivery: Delivery; times: number }>()
  for (const delivery of taken) {
    for (const { id, traceId, name, text } of writtenSpans(delivery)) {
      const before = came.get(id)
      const fail = (how: string) => new Error(`${name} (span ${id}) came again, ${how}`)
      if (before?.delivery === delivery) throw fail('in the same request')
      if (before && before.text !== text) throw fail(`as another:\n${before.text}\n${text}`)
      if (before && !orders.has(traceId)) throw fail('and is of no order')
      if (before && before.times > 1) throw fail('more than once')
      came.set(id, { text, delivery, times: (before?.times ?? 0) + 1 })
    }
  }
  return withoutRepeats(spans)
}

/** What stands in a request, with who made it. */
function writtenSpans({ request }: Delivery) {
  return (request?.resourceSpans ?? []).flatMap(({ resource, scopeSpans = [] }) =>
    scopeSpans.flatMap(({ scope, spans = [] }) =>
      spans.map((span) => ({
        id: `${span.traceId} ${span.spanId}`,
        traceId: String(span.traceId),
        name: String(span.name),
        text: JSON.stringify([resource, scope, span]),
      })),
    ),
  )
}
