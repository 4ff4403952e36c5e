import { devices } from '@playwright/test'
import { expect, test } from '../support/traces-test'

// docs/playwright.md says that these are so.

const TRACED = `<title>shop</title><script src="/ordertrace.min.js" data-service="shop" data-apis="/api/" data-routes="/orders/:id"></script>`
const submit = (id: string) => `ordertrace.order('submit', { id: '${id}' }, () => fetch('/api/orders')).then(() => {})`

test('a login that was stored brings its session along', async ({ page, site, browser, traces }) => {
  site.page('/', TRACED)
  await page.goto(site.origin)
  await page.context().addCookies([{ name: 'session', value: 's-1', url: site.origin }])
  const context = await browser.newContext({ storageState: await page.context().storageState() })
  const later = await context.newPage()
  await later.goto(site.origin)
  await later.evaluate(submit('o-1'))
  await expect(traces).toHaveOrder('o-1')
  expect(traces.requests.at(-1)?.headers.cookie).toBe('session=s-1')
  await context.close()
})

test('a single-page application: routes and several orders of one page', async ({ page, site, traces }) => {
  site.page('/', TRACED)
  await page.goto(site.origin)
  await page.evaluate(() => history.pushState({}, '', '/orders/42'))
  for (const id of ['o-1', 'o-2']) await page.evaluate(submit(id))
  await expect(traces).toHaveSpan({ name: 'route /orders/:id' })
  for (const id of ['o-1', 'o-2'])
    await expect(traces.request('GET', '/api/orders')).toCarryTraceparent({ of: traces.order(id) })
  await expect(traces).toBeUnbroken()
})

test('several tabs, a frame and a popup of a test are its own, with their requests', async ({
  page,
  context,
  site,
  traces,
}) => {
  for (const path of ['/', '/frame', '/popup']) site.page(path, TRACED)
  await page.goto(site.origin)
  await page.evaluate(() => {
    const frame = Object.assign(document.createElement('iframe'), { src: '/frame' })
    return new Promise((resolve) => {
      frame.onload = resolve
      document.body.appendChild(frame)
    }).then(() => {})
  })
  const popped = page.waitForEvent('popup')
  await page.evaluate(() => void open('/popup'))
  const popup = await popped
  await popup.waitForLoadState()
  const second = await context.newPage()
  await second.goto(site.origin)
  await page.frames()[1]?.evaluate(submit('o-frame'))
  await popup.evaluate(submit('o-popup'))
  await second.evaluate(submit('o-tab'))
  for (const id of ['o-frame', 'o-popup', 'o-tab']) {
    await expect(traces).toHaveOrder(id)
    await expect(traces.request('GET', '/api/orders')).toCarryTraceparent({ of: traces.order(id) })
  }
})

const { defaultBrowserType: _, ...pixel } = devices['Pixel 7']
test.describe('on a phone', () => {
  test.use(pixel)
  test('it is the same', async ({ page, site, traces }) => {
    site.page('/', TRACED)
    await page.goto(site.origin)
    await page.evaluate(submit('o-1'))
    await expect(traces).toHaveOrder('o-1', { outcome: 'confirmed' })
  })
})

test('what a page keeps while it is offline comes when it is online again', async ({ page, context, site, traces }) => {
  site.page('/', TRACED)
  await page.goto(site.origin)
  await context.setOffline(true)
  await page.evaluate(`ordertrace.order('submit', { id: 'o-1' }, () => fetch('/api/orders')).catch(() => {})`)
  await expect.poll(() => traces.request('GET', '/api/orders').all()[0]?.failure).toBe('net::ERR_INTERNET_DISCONNECTED')
  expect(traces.spans({ orderId: 'o-1' })).toEqual([])
  await context.setOffline(false)
  await expect(traces).toHaveOrder('o-1', { outcome: 'failed' }, { timeout: 15_000 })
  await expect(traces.request('GET', '/api/orders')).not.toCarryTraceparent()
})

test('a route of the page’s own is asked first', async ({ page, site, traces }) => {
  site.page('/', TRACED)
  let routed = 0
  await page.route('**/v1/traces', (route) => {
    routed++
    return route.fulfill({ status: 200, contentType: 'application/json', body: '{}' })
  })
  await page.goto(site.origin)
  await page.evaluate(submit('o-1'))
  await page.evaluate(() => window.ordertrace.flush())
  expect([routed > 0, traces.deliveries.length]).toEqual([true, 0])
})
