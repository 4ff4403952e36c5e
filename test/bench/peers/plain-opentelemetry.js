// What a page would write to have the same from OpenTelemetry's own packages: the same three instrumentations, OTLP/JSON, batches.

import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { DocumentLoadInstrumentation } from '@opentelemetry/instrumentation-document-load'
import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch'
import { XMLHttpRequestInstrumentation } from '@opentelemetry/instrumentation-xml-http-request'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web'

/**
 * @param {string} [url] of the collector
 * @param {import('@opentelemetry/api').ContextManager} [contextManager]
 */
export function start(url = '/v1/traces', contextManager) {
  const exporter = new OTLPTraceExporter({ url })
  const provider = new WebTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'internet-shop' }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  })
  provider.register?.(contextManager ? { contextManager } : {})
  const propagateTraceHeaderCorsUrls = [/^https?:\/\/[^/]+\/api\//]
  registerInstrumentations({
    tracerProvider: provider,
    instrumentations: [
      new FetchInstrumentation({ propagateTraceHeaderCorsUrls }),
      new XMLHttpRequestInstrumentation({ propagateTraceHeaderCorsUrls }),
      new DocumentLoadInstrumentation(),
    ],
  })
  return { provider, tracer: provider.getTracer('shop') }
}
