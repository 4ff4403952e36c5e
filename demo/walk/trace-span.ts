/** One span of a trace as the walk needs it, taken from the query API's answer. */
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

interface WireAttribute {
  key: string
  value?: Record<string, unknown>
}

interface WireSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name?: string
  kind?: number
  startTimeUnixNano?: string
  endTimeUnixNano?: string
  attributes?: WireAttribute[]
  status?: { code?: number; message?: string }
  links?: { traceId?: string; spanId?: string }[]
}

/** The answer of `GET /api/v3/traces` and `/api/v3/traces/{id}`. */
export interface TracesAnswer {
  result?: {
    resourceSpans?: { resource?: { attributes?: WireAttribute[] }; scopeSpans?: { spans?: WireSpan[] }[] }[]
  }
}

const KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer']
const ERROR = 2

/** Flattens the query API's answer into spans. */
export function readTraceSpans(answer: TracesAnswer): TraceSpan[] {
  return (answer.result?.resourceSpans ?? []).flatMap(({ resource, scopeSpans }) => {
    const service = readAttributes(resource?.attributes)['service.name'] ?? ''
    return (scopeSpans ?? []).flatMap(({ spans }) => (spans ?? []).map((span) => readSpan(span, service)))
  })
}

function readSpan(span: WireSpan, service: string): TraceSpan {
  const start = BigInt(span.startTimeUnixNano ?? 0)
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId || undefined,
    service,
    name: span.name ?? '',
    kind: KINDS[span.kind ?? 0] ?? 'internal',
    start,
    end: BigInt(span.endTimeUnixNano ?? start),
    failed: span.status?.code === ERROR,
    statusMessage: span.status?.message ?? '',
    attributes: readAttributes(span.attributes),
    links: (span.links ?? []).map(({ traceId = '', spanId = '' }) => ({ traceId, spanId })),
  }
}

function readAttributes(attributes: WireAttribute[] | undefined): Record<string, string> {
  const entries = (attributes ?? []).map(({ key, value }) => [key, String(Object.values(value ?? {})[0] ?? '')])
  return Object.fromEntries(entries) as Record<string, string>
}
