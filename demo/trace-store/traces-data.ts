import type { SpanRecord, TracesData } from './otlp'

/**
 * Puts spans back into OTLP's nesting. The traces run together in one list, as in Jaeger's answer; within a trace, spans
 * of one resource and one scope share their entry, in order of start.
 */
export function tracesData(traces: SpanRecord[][]): TracesData {
  return { resourceSpans: traces.flatMap(resourceSpans) }
}

function resourceSpans(trace: SpanRecord[]): TracesData['resourceSpans'] {
  const groups = new Map<string, TracesData['resourceSpans'][number]>()
  for (const { span, resource, scope } of [...trace].sort(byStart)) {
    const key = JSON.stringify(resource)
    const group = groups.get(key) ?? { resource, scopeSpans: [] }
    groups.set(key, group)
    const scopeKey = JSON.stringify(scope)
    let scopeSpans = group.scopeSpans.find((candidate) => JSON.stringify(candidate.scope) === scopeKey)
    if (!scopeSpans) {
      scopeSpans = { scope, spans: [] }
      group.scopeSpans.push(scopeSpans)
    }
    scopeSpans.spans.push(span)
  }
  return [...groups.values()]
}

function byStart(a: SpanRecord, b: SpanRecord): number {
  const difference = BigInt(a.span.startTimeUnixNano) - BigInt(b.span.startTimeUnixNano)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
