import { type Context, type Span, SpanKind, type SpanOptions, TraceFlags } from '@opentelemetry/api'
import { randomHex } from './ids'
import { RecordedSpan, type SpanParts } from './recorded-span'
import { contextKey } from './root-context'
import { isValid, spanContextOf, unrecordedSpan, withoutSpan } from './span-context'

export type StartSpan = (name: string, options: SpanOptions | undefined, context: Context) => Span

export interface TracerParts extends SpanParts {
  isSampled(context: Context): boolean
  onStart(span: RecordedSpan, context: Context): void
}

/** What `suppressTracing` of `@opentelemetry/core` sets, by which other instrumentations keep their own requests out. */
const SUPPRESSED = contextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING')

/** Starts spans as the specification has it; one that is not sampled records nothing and still hands its context on. */
export function createSpanStarter(parts: TracerParts): StartSpan {
  return (name, options = {}, given) => {
    const context = options.root ? withoutSpan(given) : given
    const seen = spanContextOf(context)
    const parent = seen && isValid(seen) ? seen : undefined
    const isSampled = !context.getValue(SUPPRESSED) && parts.isSampled(context)
    const identity = {
      traceId: parent?.traceId ?? randomHex(16),
      spanId: randomHex(8),
      traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
      ...(parent?.traceState && { traceState: parent.traceState }),
    }
    if (!isSampled) return unrecordedSpan(identity)
    const { kind = SpanKind.INTERNAL, startTime, attributes, links } = options
    const span = new RecordedSpan(parts, identity, parent, name, kind, startTime)
    if (links) span.addLinks(links)
    if (attributes) span.setAttributes(attributes)
    parts.onStart(span, context)
    return span
  }
}
