import type { Page } from '@playwright/test'
import { COLLECTOR } from '../support/site'
import { expect, test } from '../support/test'

/** Orders and other spans, each sent by itself, as many times as would make a storm. */
const live = (page: Page) =>
  page.evaluate(async () => {
    for (let i = 0; i < 5; i++) {
      await window.tracing.order(`order-${i}`, () => fetch('/api/orders'))
      await window.tracing.flush()
    }
    return window.tracing.diagnostics().spans
  })
const lines = (page: Page) => {
  const said: string[] = []
  page.on('console', (message) => {
    if (message.text().startsWith('ordertrace:')) said.push(message.text())
  })
  return said
}

for (const status of [400, 401, 403, 404, 413]) {
  test(`a collector that answers ${status} is asked at most twice, and that is said once, in debug mode`, async ({
    traced,
    site,
    page,
  }) => {
    const said = lines(page)
    site.collector.answer = { status }
    await traced({ debug: true })
    const spans = await live(page)
    expect(site.exports.all.length).toBeGreaterThan(0)
    expect(site.exports.all.length).toBeLessThanOrEqual(2)
    expect(said.filter((line) => line.includes(`status ${status}`))).toHaveLength(1)
    expect(spans.sent + spans.waiting).toBe(0)
    expect(Object.values(spans.dropped).reduce((sum, count) => sum + count, 0)).toBe(spans.made)
    const before = site.exports.all.length
    // The next page asks again.
    await traced()
    await live(page)
    expect(site.exports.all.length).toBeGreaterThan(before)
  })
}

test('a batch that is too large is halved, and arrives', async ({ traced, site, page }) => {
  site.collector.answer = ({ spans }) => (spans.length > 20 ? { status: 413 } : undefined)
  await traced({ sampleRatio: 0 })
  const spans = await page.evaluate(async () => {
    await window.tracing.order('submit', { id: 'o-1' }, (order) => {
      for (let i = 1; i < 30; i++) order.step('part', () => {})
    })
    while (window.tracing.diagnostics().spans.waiting > 0) {
      await window.tracing.flush()
      await new Promise((resolve) => setTimeout(resolve))
    }
    return window.tracing.diagnostics().spans
  })
  expect(spans).toMatchObject({ made: 30, sent: 30, dropped: {} })
  expect(site.spans.all).toHaveLength(30)
  expect(site.exports.all).toHaveLength(3)
})

test('a policy that forbids the collector is reported at most twice, and then no request is made', async ({
  site,
  page,
}) => {
  const said = lines(page)
  site.on('/guarded', (_request, response) => {
    response
      .writeHead(200, {
        'content-type': 'text/html',
        'content-security-policy': `default-src 'self'; script-src 'self'; connect-src 'self'`,
      })
      .end('<!doctype html><script src="/module.js"></script>')
  })
  await page.goto(`${site.origin}/guarded`)
  await page.evaluate((collector) => {
    const reports: string[] = []
    Object.assign(window, { reports })
    document.addEventListener('securitypolicyviolation', ({ blockedURI }) => reports.push(blockedURI))
    window.tracing = window.startTracing({ service: 'shop', collector, debug: true })
  }, `${site.other}${COLLECTOR}`)
  const spans = await live(page)
  const reports = await page.evaluate(() => (window as unknown as { reports: string[] }).reports)
  expect(reports.length).toBeGreaterThan(0)
  expect(reports.length).toBeLessThanOrEqual(2)
  expect(said.filter((line) => line.includes('Content Security Policy forbids'))).toHaveLength(1)
  expect(spans.dropped['blocked-by-csp']).toBe(spans.made)
  expect(site.exports.all).toEqual([])
})

test('an ad blocker looks like an outage: the page asks twice in the first minute, and goes on', async ({
  traced,
  site,
  page,
}) => {
  const said = lines(page)
  let blocked = 0
  await page.route(`**${COLLECTOR}`, (route) => {
    blocked++
    return route.abort('blockedbyclient')
  })
  await page.clock.install()
  await traced({ debug: true })
  const spans = await live(page)
  for (let second = 0; second < 55; second++) await page.clock.runFor(1000)
  await page.evaluate(() => fetch('/api/marker'))
  expect(blocked).toBeGreaterThan(0)
  expect(blocked).toBeLessThanOrEqual(2)
  expect(said.filter((line) => line.includes('ad blocker'))).toHaveLength(1)
  expect(spans.sent).toBe(0)
  expect(site.exports.all).toEqual([])
  const later = blocked
  for (let second = 0; second < 600; second += 5) await page.clock.runFor(5000)
  expect(blocked - later).toBeGreaterThan(1)
  expect(blocked - later).toBeLessThanOrEqual(11)
})
