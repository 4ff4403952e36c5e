import { type SpanContext, TraceFlags } from '@opentelemetry/api'

/** Reads a `traceparent`; future versions may append fields (https://www.w3.org/TR/trace-context/#versioning-of-traceparent). */
export function parseTraceparent(text: string): SpanContext | undefined {
  const match = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(-.*)?$/.exec(
    text.trim(),
  )
  const [, version, traceId, spanId, flags, rest] = match ?? []
  if (!traceId || !spanId || !flags || (version === '00' && rest)) return undefined
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true }
}
