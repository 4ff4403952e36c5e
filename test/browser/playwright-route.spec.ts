import { receiveByRoute } from '../../src/playwright/receive-by-route'
import { createTraceLog } from '../../src/traces/trace-log'
import { COLLECTOR, type Handler } from '../support/site'
import { expect, test } from '../support/test'

const TRACED = '<title>shop</title><script src="/ordertrace.min.js" data-service="shop"></script>'

// As in Firefox and WebKit, which the tests need not have.
test('where there is no Chromium a route receives what open pages send, each test its own', async ({
  browser,
  site,
}) => {
  site.page('/', TRACED)
  const receiver = receiveByRoute(browser, { collector: '*/v1/traces', passOn: false })
  const first = createTraceLog()
  receiver.receiveInto(first)
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(site.origin)
  const submit = (id: string) =>
    page.evaluate(async (id) => {
      await window.ordertrace.order('submit', { id }, () => {})
      await window.ordertrace.flush()
    }, id)
  await submit('o-1')
  expect(first.spans({ orderId: 'o-1' })).toHaveLength(1)
  receiver.receiveInto(undefined)
  receiver.receiveInto(createTraceLog())
  await submit('o-2')
  expect(first.spans({ orderId: 'o-2' })).toEqual([])
  expect(site.exports.all).toEqual([])
  await context.close()
  await receiver.stop()
})

test('and hands it on where the pages’ own collector is to have it too', async ({ browser, site }) => {
  site.page('/', TRACED)
  const receiver = receiveByRoute(browser, { collector: '*/v1/traces', passOn: true })
  const log = createTraceLog()
  receiver.receiveInto(log)
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(site.origin)
  await page.evaluate(async () => {
    await window.ordertrace.order('submit', { id: 'o-1' }, () => {})
    await window.ordertrace.flush()
  })
  expect(log.spans({ orderId: 'o-1' })).toHaveLength(1)
  expect(site.spans.all.map(({ name }) => name)).toContain('order.submit')
  await context.close()
  await receiver.stop()
})

const REFUSALS: Record<string, Handler> = {
  'answers 503': (_, response) => void response.writeHead(503).end(),
  'resets the connection': (_, response) => void response.destroy(),
}
for (const [name, refuse] of Object.entries(REFUSALS)) {
  test(`and knows what comes again since that one ${name}`, async ({ page, browser, site }) => {
    const receiver = receiveByRoute(browser, { collector: '*/v1/traces', passOn: true })
    const log = createTraceLog()
    receiver.receiveInto(log)
    await page.goto(site.origin)
    const send = () =>
      page.evaluate(() => {
        const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'checkout' }
        const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })
        return fetch('/v1/traces', { method: 'POST', body }).then(
          ({ status }) => status,
          () => 0,
        )
      })
    site.on(COLLECTOR, refuse)
    const refused = await send()
    site.on(COLLECTOR, (_, response) => void response.end('{}'))
    expect(await send()).toBe(200)
    await expect.poll(() => log.deliveries.map(({ status }) => status)).toEqual([refused, 200])
    expect(log.spans()).toHaveLength(1)
    await receiver.stop()
  })
}
