import type { Context, Span, SpanContext } from '@opentelemetry/api'
import { contextKey } from './root-context'

/** The key under which every copy of `@opentelemetry/api` keeps the span of a context; a test compares with its `trace.getSpan`. */
const SPAN = contextKey('OpenTelemetry Context Key SPAN')

/**
 * What `trace.getSpan` and the like do. Those hang on one object together with everything that registers globals and writes logs, and that is a
 * tenth of the script.
 */
export const spanOf = (context: Context) => context.getValue(SPAN) as Span | undefined
export const withSpan = (context: Context, span: Span): Context => context.setValue(SPAN, span)
export const withoutSpan = (context: Context): Context => context.deleteValue(SPAN)
export const spanContextOf = (context: Context): SpanContext | undefined => spanOf(context)?.spanContext()
export const withSpanContext = (context: Context, identity: SpanContext): Context =>
  withSpan(context, unrecordedSpan(identity))

/** What `isSpanContextValid` says, which brings a table of characters of its own. */
export const isValid = ({ traceId, spanId }: SpanContext) =>
  /^(?!0+-)[\da-f]{32}-(?!0+$)[\da-f]{16}$/i.test(`${traceId}-${spanId}`)

/** A span that only hands on who it is. */
export function unrecordedSpan(identity: SpanContext): Span {
  const same = () => span
  const span: Span = {
    spanContext: () => identity,
    isRecording: () => false,
    setAttribute: same,
    setAttributes: same,
    addEvent: same,
    addLink: same,
    addLinks: same,
    setStatus: same,
    updateName: same,
    recordException() {},
    end() {},
  }
  return span
}
