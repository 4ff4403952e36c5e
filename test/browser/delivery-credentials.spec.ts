import type { Page } from '@playwright/test'
import { createCollector, traced } from '../support/collector'
import type { Site } from '../support/site'
import { expect, test } from '../support/test'

const makeOrder = (page: Page, id: string) =>
  page.evaluate((id) => window.ordertrace.order('submit', { id }, () => fetch('/api/orders')), id)

async function openShop(page: Page, site: Site, attributes: string) {
  site.page('/shop', traced(attributes))
  await page.goto(`${site.origin}/shop`)
  await page.evaluate(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: as pages do
    document.cookie = 'session=s3cret'
  })
}

test('with same-origin credentials every way to the collector carries the cookies: at once, kept, laid ready', async ({
  context,
  site,
}) => {
  const collector = createCollector(site)
  const page = await context.newPage()
  await openShop(page, site, 'data-collector-credentials="same-origin"')
  // The first hangs, so that the second lies ready in the browser when the page crashes.
  collector.behave = ({ body }, response) => void (body.includes('o-hanging') || response.end('{}'))
  await makeOrder(page, 'o-hanging')
  await collector.asked.find(({ body }) => body.includes('o-hanging'), 'the order on its way')
  await makeOrder(page, 'o-crashed')
  const crashed = page.waitForEvent('crash')
  await page.goto('chrome://crash').catch(() => {})
  await crashed
  const ready = await collector.asked.find(({ body }) => body.includes('o-crashed'), 'what lay ready')
  const next = await context.newPage()
  await openShop(next, site, 'data-collector-credentials="same-origin"')
  await makeOrder(next, 'o-closed')
  await next.close()
  const kept = await collector.asked.find(({ body }) => body.includes('o-closed'), 'what outlived the page')
  const [first] = collector.asked.all
  for (const request of [first, ready, kept]) expect(request?.headers.cookie).toBe('session=s3cret')
})

test('no cookies go to a collector on another origin, whatever was asked for', async ({ page, site }) => {
  await openShop(page, site, `data-collector-credentials="same-origin" data-collector="${site.other}/v1/traces"`)
  await makeOrder(page, 'o-1')
  await site.spans.find(({ attributes }) => attributes.order_id === 'o-1', 'the order')
  // The other origin is another port of the same host, which has the same cookies.
  await page.evaluate((url) => fetch(`${url}/api/with`, { credentials: 'include', mode: 'no-cors' }), site.other)
  expect(site.requests.all.find(({ path }) => path === '/api/with')?.headers.cookie).toBe('session=s3cret')
  expect(site.exports.all.map(({ origin, headers }) => [origin, headers.cookie])).toEqual([[site.other, undefined]])
})
