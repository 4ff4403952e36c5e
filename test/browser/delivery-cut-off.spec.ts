import type { Page } from '@playwright/test'
import { nextChange } from '../../src/traces/signal'
import { arrived } from '../support/arrived'
import { createClosedCollector } from '../support/closed-collector'
import { traced } from '../support/script-tag-page'
import type { Site } from '../support/site'
import { expect, isOrder, test } from '../support/test'
import { twice } from '../support/twice'

const ROUNDS = 3
const NO_LOAD = 'data-sample-ratio="0"'

/** The page tells the site that a request to the collector failed, and the next page is not answered before that. */
async function answerOnceItFailed(page: Page, site: Site, { collector, html }: { collector: string; html: string }) {
  await page.addInitScript((collector) => {
    window.fetch = new Proxy(fetch, {
      apply(native, self, args) {
        const answer = Reflect.apply(native, self, args)
        if (args[0] === collector)
          answer.catch(() => native(`/failed?${collector}`, { method: 'POST', keepalive: true }))
        return answer
      },
    })
  }, collector)
  site.on('/next', async (_request, response) => {
    await site.requests.find(({ path }) => path === `/failed?${collector}`, 'the failure')
    response.writeHead(200, { 'content-type': 'text/html' }).end(html)
  })
}

for (const [next, html] of Object.entries({
  'the next page is traced': traced(NO_LOAD),
  'the next page knows nothing of it': '<title>paid</title>',
})) {
  test(`nobody listens while the page leaves, ${next}: what was made arrives once the collector is there`, async ({
    browser,
    site,
  }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const collector = await createClosedCollector()
      const context = await browser.newContext()
      const page = await context.newPage()
      const attributes = `${NO_LOAD} data-collector="${collector.url}"`
      site.page('/shop', traced(attributes))
      await answerOnceItFailed(page, site, { collector: collector.url, html: html.replace(NO_LOAD, attributes) })
      await page.goto(`${site.origin}/shop`)
      await page.evaluate(() => {
        void window.ordertrace.order('submit', async () => {
          await fetch('/api/orders', { method: 'POST' })
          location.assign('/next')
        })
      })
      await page.waitForURL('**/next')
      await collector.open()
      await page.goto(`${site.origin}/shop`)
      await page.evaluate(() => window.ordertrace.flush())
      await collector.spans.waitUntil((spans) => spans.length >= 2, `both spans of round ${round}`)
      expect(
        arrived(collector.deliveries)
          .map(({ name }) => name)
          .sort(),
      ).toEqual(['POST', 'order.submit'])
      await context.close()
      await collector.close()
    }
  })
}

/** Hears before ours that the page goes, and takes its time. */
const LISTENER = `<script>for (let i = 0; i < 2; i++) addEventListener('pagehide', () => {
  for (const end = performance.now() + 50; performance.now() < end; );
}, true)</script>`

/** Or the next page repeats the order, whatever became of it. */
const ASKING = `${NO_LOAD} data-unanswered="ask"`

for (const [where, framed] of Object.entries({ 'the page': false, 'the page around the frame': true })) {
  test(`what is cut off has not failed, also where ${where} is told first: it is not sent again`, async ({
    page,
    site,
  }) => {
    const came = () => site.collector.log.deliveries.flatMap(({ spans }) => spans)
    site.page('/shop', framed ? `${LISTENER}<iframe src="/inner"></iframe>` : LISTENER + traced(ASKING))
    site.page('/inner', traced(ASKING))
    site.page('/next', traced(ASKING))
    for (let round = 0; round < ROUNDS; round++) {
      // Has the spans, and says nothing.
      site.collector.answer = 'hang'
      await page.goto(`${site.origin}/shop`)
      const frame = framed ? page.frame({ url: '**/inner' }) : page.mainFrame()
      const before = came().length
      await frame?.evaluate(() => void window.ordertrace.order('submit', () => {}))
      while (came().length === before) await nextChange(site.collector.log, 10_000)
      site.collector.answer = undefined
      await page.goto(`${site.origin}/next`)
      await page.evaluate(() => window.ordertrace.flush())
    }
    expect(came().filter(isOrder('submit'))).toHaveLength(ROUNDS)
    expect(twice(came())).toEqual([])
  })
}
