import { gzipSync } from 'node:zlib'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { SimpleSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace'
import { test } from '@playwright/test'
import { createCollector } from '../../src/collector'
import { expect } from '../support/traces-test'

type ExporterOptions = NonNullable<ConstructorParameters<typeof OTLPTraceExporter>[0]>

/** As OpenTelemetry's exporter for protobuf sends it: its serializer, over HTTP. */
const protobuf = (url: string, encoding: string): SpanExporter => ({
  export: (spans, done) => {
    const bytes = ProtobufTraceSerializer.serializeRequest(spans) ?? new Uint8Array()
    const isGzip = encoding === 'gzip'
    const headers = { 'content-type': 'application/x-protobuf', ...(isGzip && { 'content-encoding': 'gzip' }) }
    fetch(url, { method: 'POST', headers, body: new Uint8Array(isGzip ? gzipSync(bytes) : bytes) }).then(({ ok }) =>
      done({ code: ok ? 0 : 1 }),
    )
  },
  shutdown: async () => {},
})
const EXPORTERS: Record<string, (url: string, encoding: string) => SpanExporter> = {
  // The names of encodings are those of the package's own enumeration.
  'application/json': (url, encoding) => new OTLPTraceExporter({ url, compression: encoding } as ExporterOptions),
  'application/x-protobuf': protobuf,
}

for (const [type, makeExporter] of Object.entries(EXPORTERS)) {
  for (const encoding of ['gzip', 'none']) {
    test(`what servers send with OpenTelemetry is understood: ${type}, ${encoding}`, async () => {
      const collector = await createCollector()
      const provider = new TracerProvider({
        resource: resourceFromAttributes({ 'service.name': 'shop-api' }),
        spanProcessors: [new SimpleSpanProcessor({ exporter: makeExporter(collector.url, encoding) })],
      })
      const attributes = { order_id: 'o-7', price: 12.5, parts: ['ring', 'stone'], gift: true }
      provider.getTracer('shop').startSpan('checkout', { attributes }).end()
      await provider.forceFlush()
      await expect(collector).toHaveSpan({ name: 'checkout', service: 'shop-api', attributes })
      const { headers } = collector.deliveries[0] ?? {}
      expect([headers?.['content-type'], headers?.['content-encoding']]).toEqual([
        type,
        encoding === 'gzip' ? 'gzip' : undefined,
      ])
      await collector.close()
    })
  }
}
