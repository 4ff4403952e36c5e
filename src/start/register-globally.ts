import type { ContextManager, Tracer } from '@opentelemetry/api'
import type { Report } from '../page/report'
import { API_VERSION } from '../version'

/** Where every copy of `@opentelemetry/api` 1.x on a page finds what is registered, and with which version of the API that was made. */
const REGISTRY = Symbol.for('opentelemetry.js.api.1')
interface Registry {
  version: string
  context?: ContextManager
  trace?: { getTracer(): Tracer }
}

/**
 * Serves `@opentelemetry/api` to the rest of the page. A global that another SDK registered first, perhaps with another version of the API,
 * is left alone, and the refusal is said. What the API's own `setGlobal…` do, without the rest of it, which the script need not carry.
 */
export function registerGlobally(tracer: Tracer, manager: ContextManager, report: Report): () => void {
  const page = globalThis as { [REGISTRY]?: Registry }
  page[REGISTRY] ??= { version: API_VERSION }
  const registry = page[REGISTRY]
  if (registry.context || registry.trace || registry.version !== API_VERSION) {
    report.misuse('another OpenTelemetry SDK is registered; start before it, or leave out "registerGlobally"')
    return () => {}
  }
  registry.context = manager
  registry.trace = { getTracer: () => tracer }
  return () => {
    delete registry.context
    delete registry.trace
  }
}
