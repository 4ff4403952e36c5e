import type { Page } from '@playwright/test'
import { traced } from '../support/script-tag-page'
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
  const page = await context.newPage()
  await openShop(page, site, 'data-collector-credentials="same-origin"')
  // The first hangs, so that the second lies ready in the browser when the page crashes.
  site.collector.answer = ({ spans }) =>
    spans.some((span) => span.attributes.order_id === 'o-hanging') ? 'hang' : undefined
  await makeOrder(page, 'o-hanging')
  await site.exports.find(({ body }) => body.includes('o-hanging'), 'the order on its way')
  await makeOrder(page, 'o-crashed')
  const crashed = page.waitForEvent('crash')
  await page.goto('chrome://crash').catch(() => {})
  await crashed
  const ready = await site.exports.find(({ body }) => body.includes('o-crashed'), 'what lay ready')
  const next = await context.newPage()
  await openShop(next, site, 'data-collector-credentials="same-origin"')
  await makeOrder(next, 'o-closed')
  await next.close()
  const kept = await site.exports.find(({ body }) => body.includes('o-closed'), 'what outlived the page')
  const [first] = site.exports.all
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
