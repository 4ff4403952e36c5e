import type { TraceSpan } from '../../../demo/walk/trace-span'

/** Who called whom in a trace, as `crm → crm-api`: services by their spans, stores by what the client span calls them. */
export function edgesOf(spans: TraceSpan[]): string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  const edges = spans.flatMap((span) => {
    const parent = byId.get(span.parentSpanId ?? '')
    const peer = span.attributes['peer.service']
    return [
      ...(peer ? [`${span.service} → ${peer}`] : []),
      ...(parent && parent.service !== span.service ? [`${parent.service} → ${span.service}`] : []),
    ]
  })
  return [...new Set(edges)].sort()
}

/** Spans whose parent did not arrive. */
export function orphansIn(spans: TraceSpan[]): string[] {
  const known = new Set(spans.map((span) => span.spanId))
  return spans
    .filter((span) => span.parentSpanId && !known.has(span.parentSpanId))
    .map((span) => `${span.service}: ${span.name}`)
}
