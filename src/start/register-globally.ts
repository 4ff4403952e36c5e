import type { ContextManager, Tracer } from '@opentelemetry/api'
import { context, trace } from '@opentelemetry/api'
import type { Report } from '../page/report'

/**
 * Serves `@opentelemetry/api` to the rest of the page. A global that another SDK registered first, perhaps with another version of the API,
 * is left alone, and the refusal is said.
 */
export function registerGlobally(tracer: Tracer, manager: ContextManager, report: Report): () => void {
  const isContextOurs = context.setGlobalContextManager(manager)
  const isTraceOurs = trace.setGlobalTracerProvider({ getTracer: () => tracer })
  if (!isContextOurs || !isTraceOurs) {
    report.problem(
      'another OpenTelemetry SDK is registered on this page, so "registerGlobally" has no effect; start ordertrace before it, or leave the option out',
    )
  }
  return () => {
    if (isContextOurs) context.disable()
    if (isTraceOurs) trace.disable()
  }
}
