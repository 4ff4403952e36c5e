/** The OTLP/JSON shapes that the store keeps and hands out again, with only the fields it knows. */

export interface AnyValue {
  stringValue?: string
  boolValue?: boolean
  intValue?: string | number
  doubleValue?: number
  bytesValue?: string
  arrayValue?: { values?: AnyValue[] }
  kvlistValue?: { values?: KeyValue[] }
}

export interface KeyValue {
  key: string
  value?: AnyValue
}

export interface Resource {
  attributes: KeyValue[]
}

export interface Scope {
  name?: string
  version?: string
  attributes?: KeyValue[]
}

export interface SpanEvent {
  timeUnixNano?: string
  name?: string
  attributes?: KeyValue[]
}

export interface SpanLink {
  traceId?: string
  spanId?: string
  attributes?: KeyValue[]
}

/** Ids are lower-case hex; times are nanoseconds since 1970 as decimal strings, since a number cannot hold them. */
export interface Span {
  traceId: string
  spanId: string
  parentSpanId?: string
  traceState?: string
  flags?: number
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: KeyValue[]
  events?: SpanEvent[]
  links?: SpanLink[]
  status: { code?: number; message?: string }
}

/** A span with what surrounds it on the wire. */
export interface SpanRecord {
  span: Span
  resource: Resource
  scope: Scope
}

export interface TracesData {
  resourceSpans: { resource: Resource; scopeSpans: { scope: Scope; spans: Span[] }[] }[]
}

/** The attribute as text, which is how the query API compares it; undefined when it is absent. */
export function attributeText(attributes: KeyValue[] | undefined, key: string): string | undefined {
  const found = attributes?.find((attribute) => attribute.key === key)
  return found ? valueText(found.value ?? {}) : undefined
}

function valueText(value: AnyValue): string {
  const plain = value.stringValue ?? value.boolValue ?? value.intValue ?? value.doubleValue ?? value.bytesValue
  if (plain !== undefined) return String(plain)
  if (value.arrayValue) return JSON.stringify((value.arrayValue.values ?? []).map(valueText))
  if (value.kvlistValue) return JSON.stringify(value.kvlistValue.values ?? [])
  return ''
}

/** `service.name` of the resource that made the span, or an empty string. */
export function serviceName(record: SpanRecord): string {
  return attributeText(record.resource.attributes, 'service.name') ?? ''
}
