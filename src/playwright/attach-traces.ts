import type { TestInfo } from '@playwright/test'
import type { TraceLog } from '../traces/trace-log'
import { drawWaterfall } from '../traces/waterfall'

/** Puts what came into the test's report: a picture, which the HTML report shows at once, and OTLP/JSON for tools; that nothing came, where nothing did. */
export async function attachTraces(testInfo: TestInfo, log: TraceLog): Promise<void> {
  const spans = log.spans()
  if (spans.length === 0) {
    await testInfo.attach('traces', { body: log.summary(), contentType: 'text/plain' })
    return
  }
  const taken = log.deliveries.filter(({ refused }) => !refused)
  const resourceSpans = taken.flatMap(({ request }) => request?.resourceSpans ?? [])
  await testInfo.attach('traces', { body: drawWaterfall(spans), contentType: 'image/svg+xml' })
  await testInfo.attach('traces.otlp.json', {
    body: JSON.stringify({ resourceSpans }, null, 1),
    contentType: 'application/json',
  })
}
