import type { SpanAttributes } from './attributes'

export type SpanKind = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer'
export type StatusCode = 'unset' | 'ok' | 'error'

/** A span as it was received. Ids are lower-case hex; times are nanoseconds since 1970. */
export interface ReceivedSpan {
  /** `service.name` of its resource; empty when it names none. */
  readonly service: string
  readonly name: string
  readonly kind: SpanKind
  readonly traceId: string
  readonly spanId: string
  /** What others have written into the header of that name; left out where nobody has. */
  readonly traceState?: string
  /** Undefined for the root of a trace. */
  readonly parentSpanId: string | undefined
  readonly startTime: bigint
  readonly endTime: bigint
  readonly durationMs: number
  readonly attributes: SpanAttributes
  /** What is said of the service that made it. */
  readonly resource: SpanAttributes
  /** The instrumentation library that made it. */
  readonly scope: { readonly name: string; readonly version: string }
  readonly status: { readonly code: StatusCode; readonly message: string }
  readonly events: readonly { readonly name: string; readonly time: bigint; readonly attributes: SpanAttributes }[]
  readonly links: readonly SpanLink[]
}

export interface SpanLink {
  readonly traceId: string
  readonly spanId: string
  readonly traceState?: string
  readonly attributes: SpanAttributes
}

/** By their numbers on the wire. */
export const SPAN_KINDS: readonly SpanKind[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']
export const STATUS_CODES: readonly StatusCode[] = ['unset', 'ok', 'error']
