import type { ContextManager, Tracer } from '@opentelemetry/api'
import { context, trace } from '@opentelemetry/api'
import type { Report } from '../page/report'

/**
 * Serves `@opentelemetry/api` to the rest of the page. A global that another SDK registered first, perhaps with another version of the API,
 * is left alone, and the refusal is said.
 */
export function registerGlobally(tracer: Tracer, manager: ContextManager, report: Report): () => void {
  if (!context.setGlobalContextManager(manager)) return refuse(report)
  if (!trace.setGlobalTracerProvider({ getTracer: () => tracer })) {
    context.disable()
    return refuse(report)
  }
  return () => {
    context.disable()
    trace.disable()
  }
}

function refuse(report: Report): () => void {
  report.problem(
    'another OpenTelemetry SDK is registered on this page, so "registerGlobally" has no effect; start ordertrace before it, or leave the option out',
  )
  return () => {}
}
