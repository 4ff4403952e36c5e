import type { Context, Span, SpanOptions, Tracer } from '@opentelemetry/api'
import { trace } from '@opentelemetry/api'
import type { Continuity } from './continuity'

/**
 * The SDK's tracer asks the page's global context manager what is active. That may be another's, or of another version, or none; this tracer
 * asks our own, and is otherwise the SDK's.
 */
export function withContinuity(tracer: Tracer, continuity: Continuity): Tracer {
  const startSpan = (name: string, options?: SpanOptions, context?: Context) =>
    tracer.startSpan(name, options, context ?? continuity.active())
  const startActiveSpan = (name: string, ...rest: unknown[]) => {
    const fn = rest.pop() as (span: Span) => unknown
    const [options, given] = rest as [SpanOptions?, Context?]
    const context = given ?? continuity.active()
    const span = tracer.startSpan(name, options, context)
    return continuity.run(trace.setSpan(context, span), () => fn(span))
  }
  return { startSpan, startActiveSpan: startActiveSpan as Tracer['startActiveSpan'] }
}
