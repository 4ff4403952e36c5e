import type { Context, Span, SpanOptions, Tracer } from '@opentelemetry/api'
import { withSpan } from '../spans/span-context'
import type { StartSpan } from '../spans/tracer'
import type { Continuity } from './continuity'

/**
 * The OpenTelemetry tracer that the page gets. The page's global context manager may be another's, or of another version, or none; this tracer
 * asks our own what is active.
 */
export function createTracer(start: StartSpan, continuity: Continuity): Tracer {
  const startSpan = (name: string, options?: SpanOptions, context?: Context) =>
    start(name, options, context ?? continuity.active())
  const startActiveSpan = (name: string, ...rest: unknown[]) => {
    const fn = rest.pop() as (span: Span) => unknown
    const [options, given] = rest as [SpanOptions?, Context?]
    const context = given ?? continuity.active()
    const span = start(name, options, context)
    return continuity.run(withSpan(context, span), () => fn(span))
  }
  return { startSpan, startActiveSpan: startActiveSpan as Tracer['startActiveSpan'] }
}
