import { COLLECTOR } from '../support/site'
import { expect, isOrder, test } from '../support/test'

const orderWithRequests = () =>
  window.tracing.order('submit', { id: 'o-1' }, async () => {
    for (const path of ['/api/stock', '/api/price', '/api/orders']) await fetch(path)
  })

test('one page load with an order of three requests is one request to the collector, with gzip', async ({
  traced,
  site,
}) => {
  const page = await traced()
  await page.waitForLoadState()
  await page.evaluate(orderWithRequests)
  await site.spans.find(isOrder('submit'), 'the order')
  await page.evaluate(() => window.tracing.flush())
  expect(site.exports.all).toHaveLength(1)
  const [request] = site.exports.all
  expect(request?.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'application/json' })
  const names = site.spans.all.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['order.submit', 'GET', 'documentLoad', 'documentFetch']))
  expect(Number(request?.headers['content-length'])).toBeLessThan(0.4 * Number(request?.body.length))
  // No span repeats in events what the browser's resource timing holds.
  for (const { events } of site.spans.all) expect(events).toEqual([])
})

test('to another origin, whose CORS would have to allow one more header, it goes plain', async ({ traced, site }) => {
  site.corsHeaders = 'content-type'
  const page = await traced({ collector: `${site.other}${COLLECTOR}` })
  await page.evaluate(orderWithRequests)
  await site.spans.find(isOrder('submit'), 'the order')
  expect(site.exports.all[0]?.headers['content-encoding']).toBeUndefined()
})

for (const status of [400, 415]) {
  test(`a collector that answers ${status} to the first request with gzip gets the same plain, and so the rest`, async ({
    traced,
    site,
    page,
  }) => {
    site.collector.answer = ({ headers }) => (headers['content-encoding'] ? { status, body: '{}' } : undefined)
    await traced()
    for (let i = 0; i < 2; i++) {
      await page.evaluate(orderWithRequests)
      await page.evaluate(() => window.tracing.flush())
    }
    const encodings = site.exports.all.map(({ headers }) => headers['content-encoding'])
    expect(encodings.slice(0, 3)).toEqual(['gzip', undefined, undefined])
    expect(encodings.filter(Boolean)).toHaveLength(1)
    expect(site.exports.all[1]?.body).toContain('order.submit')
    const { spans } = await page.evaluate(() => window.tracing.diagnostics())
    expect(spans.dropped).toEqual({})
    expect(spans.sent).toBe(spans.made)
  })
}

test('resource attributes stand once in a request, however many spans it has', async ({ traced, site, page }) => {
  await traced({ version: '9.8.7-once' })
  await page.evaluate(orderWithRequests)
  await page.evaluate(() => window.tracing.flush())
  for (const { body } of site.exports.all) expect(body.split('9.8.7-once')).toHaveLength(2)
  expect(site.spans.all.length).toBeGreaterThan(3)
})
