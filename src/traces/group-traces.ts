import type { ReceivedSpan } from '../otlp/received-span'

/** Spans by their trace, each trace in the order in which its spans began. */
export function groupTraces(spans: readonly ReceivedSpan[]): Map<string, ReceivedSpan[]> {
  const traces = new Map<string, ReceivedSpan[]>()
  for (const span of spans) {
    const trace = traces.get(span.traceId)
    if (trace) trace.push(span)
    else traces.set(span.traceId, [span])
  }
  for (const trace of traces.values()) trace.sort(byStart)
  return traces
}

export const byStart = (a: ReceivedSpan, b: ReceivedSpan): number =>
  a.startTime < b.startTime ? -1 : a.startTime > b.startTime ? 1 : 0

/** The same span once, however often it came. */
export function withoutRepeats(spans: readonly ReceivedSpan[]): ReceivedSpan[] {
  return [...new Map(spans.map((span) => [`${span.traceId} ${span.spanId}`, span])).values()]
}
