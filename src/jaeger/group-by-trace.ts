import type { JaegerSpan, JaegerTrace } from './jaeger-trace'

/** Sorts spans that run together into traces, in the order in which the traces first appear; a span that came twice counts once. */
export function groupByTrace(spans: readonly JaegerSpan[]): JaegerTrace[] {
  const traces = new Map<string, Map<string, JaegerSpan>>()
  for (const span of spans) {
    if (!span.traceId || !span.spanId) continue
    const trace = traces.get(span.traceId) ?? new Map<string, JaegerSpan>()
    traces.set(span.traceId, trace.set(span.spanId, span))
  }
  return [...traces].map(([traceId, found]) => ({ traceId, spans: [...found.values()].sort(byStart) }))
}

function byStart(a: JaegerSpan, b: JaegerSpan): number {
  return a.start < b.start ? -1 : a.start > b.start ? 1 : 0
}
