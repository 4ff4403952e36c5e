import type { JaegerSpan } from '../../src/jaeger/jaeger-trace'

/** One span of a trace as the walk needs it. */
export interface TraceSpan {
  traceId: string
  spanId: string
  parentSpanId: string | undefined
  service: string
  name: string
  kind: string
  /** Nanoseconds since 1970. */
  start: bigint
  end: bigint
  failed: boolean
  statusMessage: string
  /** Attribute values as text. */
  attributes: Record<string, string>
  /** Other spans that this one follows from: the step before. */
  links: { traceId: string; spanId: string }[]
}

/** What the walk needs of a span that was read from Jaeger. */
export function toTraceSpan(span: JaegerSpan): TraceSpan {
  const { traceId, spanId, parentSpanId, service, name, kind, start, end, statusMessage } = span
  const attributes = Object.entries(span.attributes).map(([key, value]) => [key, String(value)])
  return {
    ...{ traceId, spanId, parentSpanId, service, name, kind, start, end, statusMessage },
    failed: span.status === 'error',
    attributes: Object.fromEntries(attributes) as Record<string, string>,
    links: [...span.links],
  }
}
