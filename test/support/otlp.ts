/** A span as it left the browser, decoded from OTLP/JSON and easy to assert on. */
export interface SentSpan {
  service: string
  traceId: string
  spanId: string
  parentSpanId: string | undefined
  name: string
  /** SPAN_KIND_INTERNAL 1, SERVER 2, CLIENT 3. */
  kind: number
  start: bigint
  end: bigint
  attributes: Record<string, unknown>
  resource: Record<string, unknown>
  /** STATUS_CODE_UNSET 0, OK 1, ERROR 2. */
  status: { code: number; message?: string }
  events: { name: string; attributes: Record<string, unknown> }[]
}

interface AnyValue {
  stringValue?: string
  intValue?: number | string
  doubleValue?: number
  boolValue?: boolean
  arrayValue?: { values: AnyValue[] }
}
type KeyValues = { key: string; value: AnyValue }[]
interface OtlpSpan extends Omit<SentSpan, 'service' | 'attributes' | 'resource' | 'start' | 'end' | 'events'> {
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: KeyValues
  events: { name: string; attributes: KeyValues }[]
}
export interface OtlpRequest {
  resourceSpans: { resource: { attributes: KeyValues }; scopeSpans: { spans: OtlpSpan[] }[] }[]
}

export function decodeSpans(request: OtlpRequest): SentSpan[] {
  return request.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const described = decodeAttributes(resource.attributes)
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => decodeSpan(span, described)))
  })
}

function decodeSpan(span: OtlpSpan, resource: Record<string, unknown>): SentSpan {
  return {
    service: String(resource['service.name']),
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId || undefined,
    name: span.name,
    kind: span.kind,
    start: BigInt(span.startTimeUnixNano),
    end: BigInt(span.endTimeUnixNano),
    attributes: decodeAttributes(span.attributes),
    resource,
    status: span.status,
    events: (span.events ?? []).map(({ name, attributes }) => ({ name, attributes: decodeAttributes(attributes) })),
  }
}

function decodeAttributes(attributes: KeyValues): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, decodeValue(value)]))
}

function decodeValue(value: AnyValue): unknown {
  if (value.arrayValue) return value.arrayValue.values.map(decodeValue)
  if (value.intValue !== undefined) return Number(value.intValue)
  return value.stringValue ?? value.boolValue ?? value.doubleValue
}
