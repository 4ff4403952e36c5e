export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer'

export type AttributeValue = string | number | boolean | readonly AttributeValue[]

export type SpanAttributes = Readonly<Record<string, AttributeValue>>

/** One span as Jaeger gives it. Ids are lower-case hex, times nanoseconds since 1970, exact. */
export interface JaegerSpan {
  readonly traceId: string
  readonly spanId: string
  /** Absent on a root. A parent that is named need not be in the trace: it may have been lost. */
  readonly parentSpanId?: string
  /** `service.name`. */
  readonly service: string
  readonly name: string
  readonly kind: SpanKind
  readonly start: bigint
  readonly end: bigint
  readonly status: 'unset' | 'ok' | 'error'
  readonly statusMessage: string
  readonly attributes: SpanAttributes
  /** What is said of the whole service; one object for all spans of it. */
  readonly resource: SpanAttributes
  readonly events: readonly SpanEvent[]
  /** Spans that this one follows from. */
  readonly links: readonly SpanLink[]
}

export interface SpanEvent {
  readonly name: string
  readonly time: bigint
  readonly attributes: SpanAttributes
}

export interface SpanLink {
  readonly traceId: string
  readonly spanId: string
}

/** The spans of one trace, by start. */
export interface JaegerTrace {
  readonly traceId: string
  readonly spans: readonly JaegerSpan[]
}
