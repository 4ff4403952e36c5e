/**
 * An OTLP trace request in the shape of OTLP/JSON, whichever way it came: ids are hex, 64-bit numbers decimal strings.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export interface ExportRequest {
  resourceSpans?: ResourceSpans[]
}

export interface ResourceSpans {
  resource?: { attributes?: KeyValue[] }
  scopeSpans?: ScopeSpans[]
}

export interface ScopeSpans {
  scope?: { name?: string; version?: string; attributes?: KeyValue[] }
  spans?: OtlpSpan[]
}

export interface OtlpSpan {
  traceId?: string
  spanId?: string
  parentSpanId?: string
  traceState?: string
  flags?: number
  name?: string
  kind?: number
  startTimeUnixNano?: string | number
  endTimeUnixNano?: string | number
  attributes?: KeyValue[]
  events?: { timeUnixNano?: string | number; name?: string; attributes?: KeyValue[] }[]
  links?: { traceId?: string; spanId?: string; traceState?: string; attributes?: KeyValue[] }[]
  status?: { code?: number; message?: string }
}

export interface KeyValue {
  key?: string
  value?: AnyValue
}

export interface AnyValue {
  stringValue?: string
  boolValue?: boolean
  intValue?: string | number
  /** `"NaN"` and the infinities are strings in JSON. */
  doubleValue?: number | string
  /** Base64. */
  bytesValue?: string
  arrayValue?: { values?: AnyValue[] }
  kvlistValue?: { values?: KeyValue[] }
}
