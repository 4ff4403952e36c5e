import type { AttributeValue, JaegerSpan, JaegerTrace, SpanAttributes } from '../../src/jaeger/jaeger-trace'

const KINDS: Readonly<Record<JaegerSpan['kind'], number>> = {
  internal: 1,
  server: 2,
  client: 3,
  producer: 4,
  consumer: 5,
}
const STATUSES = { unset: 0, ok: 1, error: 2 } as const

/** Traces as an OTLP export request, to be sent to a store. Ids are made as long as they have to be. */
export function toExportRequest(traces: readonly JaegerTrace[]): { resourceSpans: object[] } {
  return {
    resourceSpans: traces.flatMap(({ spans }) =>
      spans.map((span) => ({
        resource: { attributes: toAttributes(span.resource) },
        scopeSpans: [{ scope: { name: 'test' }, spans: [toSpan(span)] }],
      })),
    ),
  }
}

function toSpan(span: JaegerSpan): object {
  return {
    traceId: span.traceId,
    spanId: spanIdOf(span.spanId),
    ...(span.parentSpanId !== undefined && { parentSpanId: spanIdOf(span.parentSpanId) }),
    name: span.name,
    kind: KINDS[span.kind],
    startTimeUnixNano: String(span.start),
    endTimeUnixNano: String(span.end),
    attributes: toAttributes(span.attributes),
    events: span.events.map(({ name, time }) => ({ name, timeUnixNano: String(time), attributes: [] })),
    status: { code: STATUSES[span.status], message: span.statusMessage },
  }
}

/** The readable ids of tests as hexadecimal ones. */
export function spanIdOf(id: string): string {
  return Buffer.from(id).toString('hex').padStart(16, '0').slice(-16)
}

function toAttributes(attributes: SpanAttributes): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: toValue(value) }))
}

function toValue(value: AttributeValue): object {
  if (typeof value === 'boolean') return { boolValue: value }
  return typeof value === 'number' ? { intValue: String(value) } : { stringValue: String(value) }
}
