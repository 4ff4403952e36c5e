import type { Page } from '@playwright/test'
import { createCollector } from '../../src/collector'
import { createIntake } from '../../src/collector/intake'
import { receiveByRoute } from '../../src/playwright/receive-by-route'
import { leaveUnanswered } from '../support/leave-unanswered'
import { traced } from '../support/script-tag-page'
import { expect, sendSpan as send, test } from '../support/traces-test'

const order = (page: Page, id: string) => page.evaluate((id) => window.ordertrace.order('submit', { id }, () => {}), id)
const flush = (page: Page) => page.evaluate(() => window.ordertrace.flush())

const TROUBLES = { 'answers 503': { status: 503 }, 'cuts the connection': 'reset' } as const
for (const [name, answer] of Object.entries(TROUBLES)) {
  test(`an order that was made while the collector ${name} comes once it is well, once`, async ({
    page,
    site,
    traces,
  }) => {
    site.page('/', traced('data-sample-ratio="0"'))
    await page.goto(site.origin)
    traces.answer = answer
    await order(page, 'o-1')
    await flush(page)
    expect(traces.deliveries).toMatchObject([{ status: name === 'answers 503' ? 503 : 0, refused: true }])
    expect(traces.spans()).toEqual([])
    traces.answer = undefined
    await page.evaluate(() => window.ordertrace.stop())
    await expect(traces).toHaveOrder('o-1', { outcome: 'confirmed' })
    await expect(traces.order('o-1')).toBeUnbroken()
    expect(site.exports.all).toEqual([])
  })
}

test('an order that the next page repeats, since its own was gone before the answer, comes once', async ({
  page,
  site,
  traces,
}) => {
  await leaveUnanswered(page, site, traces)
  await expect.poll(() => traces.deliveries.filter(({ spans }) => spans.length > 0)).toHaveLength(2)
  expect(traces.spans()).toHaveLength(1)
  await expect(traces.order('o-1')).toBeUnbroken()
})

test('a collector that hangs does not hold up the page, nor the next test', async ({ page, site, traces }) => {
  await page.goto(site.origin)
  traces.answer = 'hang'
  const sent = send(page)
  await expect.poll(() => traces.deliveries.map(({ status }) => status)).toEqual([0])
  expect(await Promise.race([sent, page.evaluate(async () => (await fetch('/api/orders')).status)])).toBe(200)
  traces.answer = undefined
  expect(await send(page)).toBe(200)
  expect(traces.spans({ name: 'checkout' })).toHaveLength(1)
  await page.close()
  await sent.catch(() => {})
})

test('a page whose collector stands on another port sees its outage too', async ({ page, site }) => {
  const collector = await createCollector({ answer: { status: 503 } })
  site.page('/', traced(`data-sample-ratio="0" data-collector="${collector.url.replace('/v1/traces', '/otlp')}"`))
  await page.goto(site.origin)
  await order(page, 'o-1')
  await flush(page)
  expect(collector.deliveries).toMatchObject([{ status: 503 }])
  expect(collector.spans()).toEqual([])
  collector.answer = undefined
  await page.evaluate(() => window.ordertrace.stop())
  await expect(collector).toHaveOrder('o-1')
  await collector.close()
})

// As in Firefox and WebKit, which the tests need not have.
test('where there is no Chromium a route answers so', async ({ browser, site }) => {
  const receiver = receiveByRoute(browser, { collector: '*/otlp', passOn: false })
  const intake = createIntake()
  receiver.receiveInto(intake)
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(site.origin)
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'checkout' }
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })
  const statusOf = () =>
    page.evaluate(
      (body) =>
        fetch('/otlp', { method: 'POST', body, signal: AbortSignal.timeout(500) }).then(
          ({ status }) => status,
          ({ name }) => name,
        ),
      body,
    )
  const seen: unknown[] = []
  for (const answer of [{ status: 429 }, 'reset', 'hang', undefined] as const) {
    intake.answer = answer
    seen.push(await statusOf())
  }
  expect(seen).toEqual([429, 'TypeError', 'TimeoutError', 200])
  expect(intake.log.deliveries.map(({ status }) => status)).toEqual([429, 0, 0, 200])
  expect(intake.log.spans()).toHaveLength(1)
  await context.close()
  await receiver.stop()
})
