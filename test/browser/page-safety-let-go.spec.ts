import type { ServerResponse } from 'node:http'
import type { Page } from '@playwright/test'
import { compareVisits } from '../support/compare'
import { expect, test } from '../support/test'

declare global {
  interface Window {
    held: Record<string, object> | undefined
    refs: Record<string, WeakRef<object>>
  }
}

/** Takes up an answer that has no end, and reads what has come of it. */
const takeUp = () =>
  window.live(async () => {
    const promise = fetch('/api/stream')
    const response = await promise
    const { body } = response
    const reader = body?.getReader()
    if (!body || !reader) return
    const { value = {} } = await reader.read()
    window.held = { promise, response, body, reader, value }
    window.refs = Object.fromEntries(Object.entries(window.held).map(([name, each]) => [name, new WeakRef(each)]))
  })
const TAKEN = ['promise', 'response', 'body', 'reader', 'value']

/** How a page lets go, and what the browser itself keeps of the answer while it may go on. */
const LET_GO: Record<string, { letGo(reader: ReadableStreamDefaultReader): unknown; kept: string[] }> = {
  'cancels the reader of': { letGo: (reader) => reader.cancel(), kept: [] },
  'reads no more of': { letGo: () => {}, kept: ['body', 'reader'] },
  'waits for more of': { letGo: (reader) => void reader.read().then(() => {}), kept: ['body', 'reader'] },
}

/** What is still there when all has been collected that nobody holds. */
async function aliveIn(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  // What one round lets go of may have held something else.
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage')
  await session.detach()
  return page.evaluate(() => Object.keys(window.refs).filter((name) => window.refs[name]?.deref()))
}

for (const [name, { letGo, kept }] of Object.entries(LET_GO)) {
  test(`an endless answer: when the page ${name} it nobody holds more than without tracing, and its span has left`, async ({
    page,
    site,
  }) => {
    const answers: ServerResponse[] = []
    site.on('/api/stream', (_request, response) => {
      answers.push(response)
      response.writeHead(200, { 'content-type': 'application/json' }).write('[')
    })
    const seen = await compareVisits(page, site, async (how) => {
      await page.evaluate(takeUp)
      // That the method sees what is held.
      const whileHeld = await aliveIn(page)
      await page.evaluate(`live(() => (${letGo})(held.reader))`)
      await page.evaluate(() => {
        window.held = undefined
      })
      const afterwards = await aliveIn(page)
      if (how === 'in an order') await page.evaluate(() => window.openOrder?.succeed())
      if (how !== 'without') await proveSent(page)
      const hasEnded = answers.at(-1)?.writableEnded
      answers.at(-1)?.end()
      await expect.poll(() => aliveIn(page), how).toEqual([])
      return [whileHeld, afterwards, hasEnded]
    })
    expect(seen).toEqual([TAKEN, kept, false])
    const spans = site.spans.all.filter(({ attributes }) => String(attributes['url.full']).endsWith('/api/stream'))
    expect(spans).toHaveLength(2)
  })
}

/** No span is open or waits, though the answer has not ended; and an order is open again where one was. */
async function proveSent(page: Page): Promise<void> {
  await page.evaluate(() => window.tracing.flush())
  const { made, sent, waiting } = await page.evaluate(() => window.tracing.diagnostics().spans)
  expect([sent, waiting]).toEqual([made, 0])
  await page.evaluate(() => {
    if (!window.openOrder) return
    window.openOrder = window.tracing.startOrder('safety')
    window.live = window.openOrder.run
  })
}
