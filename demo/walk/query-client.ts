import { readTraceSpans, type TraceSpan, type TracesAnswer } from './trace-span'

/** Between two looks at the store: spans come in batches, the browser's about a second after the order. */
const POLL_MS = 250

/**
 * All spans of every trace in which `service` made a span of this order, from Jaeger's query API, version 3.
 * @throws Error when the store answers with anything but traces or "none".
 */
export async function findOrderSpans(
  queryUrl: string,
  search: { service: string; orderId: string },
): Promise<TraceSpan[]> {
  const hour = 3_600_000
  const params = new URLSearchParams({
    'query.serviceName': search.service,
    'query.startTimeMin': new Date(Date.now() - hour).toISOString(),
    'query.startTimeMax': new Date(Date.now() + hour).toISOString(),
    'query.attributes': JSON.stringify({ order_id: search.orderId }),
    'query.rawTraces': 'true',
  })
  // Joined as text: a Jaeger may live under a path of its own, which `new URL` would drop.
  const response = await ask(`${queryUrl.replace(/\/+$/, '')}/api/v3/traces?${params}`)
  if (response.status === 404) return []
  if (!response.ok) throw new Error(`${queryUrl} answered ${response.status}: ${(await response.text()).slice(0, 300)}`)
  return ofOrder(readTraceSpans((await response.json()) as TracesAnswer), search)
}

/** Not every Jaeger heeds `query.attributes` over HTTP, so what came back is looked at once more. */
function ofOrder(spans: TraceSpan[], { service, orderId }: { service: string; orderId: string }): TraceSpan[] {
  const found = spans.filter((span) => span.service === service && span.attributes.order_id === orderId)
  const traces = new Set(found.map((span) => span.traceId))
  return spans.filter((span) => traces.has(span.traceId))
}

async function ask(url: string): Promise<Response> {
  try {
    return await fetch(url)
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw new Error(`${new URL(url).origin} does not answer: ${cause}`)
  }
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
