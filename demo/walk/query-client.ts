import { createJaegerClient } from '../../src/jaeger/client'
import { type TraceSpan, toTraceSpan } from './trace-span'

/** Between two looks at the store: spans come in batches, the browser's about a second after the order. */
const POLL_MS = 250
const HOUR_MS = 3_600_000

/**
 * All spans of every trace in which `service` made a span of this order.
 * @throws JaegerError when the store answers with anything but traces or "none".
 */
export async function findOrderSpans(
  queryUrl: string,
  search: { service: string; orderId: string },
): Promise<TraceSpan[]> {
  const { traces } = await createJaegerClient({ url: queryUrl }).findTraces({
    service: search.service,
    attributes: { order_id: search.orderId },
    from: Date.now() - HOUR_MS,
    to: Date.now() + HOUR_MS,
  })
  return traces.flatMap(({ spans }) => spans.map(toTraceSpan))
}

/** Asks again and again until `enough` says so or the deadline passes, and gives what was seen last. */
export async function pollSpans(
  find: () => Promise<TraceSpan[]>,
  { enough, deadlineMs }: { enough(spans: TraceSpan[]): boolean; deadlineMs: number },
): Promise<TraceSpan[]> {
  const deadline = Date.now() + deadlineMs
  for (;;) {
    const spans = await find()
    if (enough(spans) || Date.now() >= deadline) return spans
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
