import { mergeTests, type Page } from '@playwright/test'
import { expect, type Traces, test as tracesTest } from '../../src/playwright'
import { bundle, root } from './bundle'
import { test as siteTest } from './test'

/** What a user of the package has: the site's pages, and `traces`, which stands where the site's own collector is. */
export const test = mergeTests(siteTest, tracesTest)

/** The message of the matcher that fails, without colours. */
export async function messageOf(failing: Promise<unknown>): Promise<string> {
  const error = await failing.then(
    () => undefined,
    (reason: Error) => reason,
  )
  expect(error, 'the matcher should have failed').toBeDefined()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
  return String(error?.message).replace(/\u001b\[\d+m/g, '')
}

/** Everything that the pages sent to their collector, decoded, whatever of it a span of ours would have. */
export function sentText({ deliveries }: Traces): string {
  expect(deliveries.flatMap(({ problems }) => problems)).toEqual([])
  return JSON.stringify(deliveries.map(({ request }) => request))
}

/** The page sends the same one span each time. @returns the status of the answer; 0: there was none */
export const sendSpan = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'checkout' }
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })
    return fetch('/v1/traces', { method: 'POST', body }).then(
      ({ status }) => status,
      () => 0,
    )
  })

/** A page's script that is traced by plain OpenTelemetry, and sends JSON. */
export const plainOpenTelemetry = () =>
  bundle(`
    import { start } from '${root.pathname}test/bench/peers/plain-opentelemetry.js'
    Object.assign(window, { startPlain: start })
  `)

/** The same with protobuf, sent as OpenTelemetry's exporter for it does; with gzip where it is told to. */
export const plainProtobuf = () =>
  bundle(`
    import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
    import { resourceFromAttributes } from '@opentelemetry/resources'
    import { SimpleSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web'
    window.startPlain = (url, encoding) => {
      const exporter = {
        export: async (spans, done) => {
          const plain = new Blob([ProtobufTraceSerializer.serializeRequest(spans)]).stream()
          const body = await new Response(encoding ? plain.pipeThrough(new CompressionStream(encoding)) : plain).blob()
          const headers = { 'content-type': 'application/x-protobuf', ...(encoding && { 'content-encoding': encoding }) }
          fetch(url, { method: 'POST', headers, body }).then(
            ({ ok }) => done({ code: ok ? 0 : 1 }),
            () => done({ code: 1 }),
          )
        },
        shutdown: async () => {},
      }
      const provider = new WebTracerProvider({
        resource: resourceFromAttributes({ 'service.name': 'plain-shop' }),
        spanProcessors: [new SimpleSpanProcessor(exporter)],
      })
      return { provider, tracer: provider.getTracer('shop') }
    }
  `)

export { expect }
