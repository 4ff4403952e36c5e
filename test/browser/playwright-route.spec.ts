import { createIntake } from '../../src/collector/intake'
import { receiveByRoute } from '../../src/playwright/receive-by-route'
import { expect, test } from '../support/test'
import { sendSpan } from '../support/traces-test'

const TRACED = '<title>shop</title><script src="/ordertrace.min.js" data-service="shop"></script>'

// As in Firefox and WebKit, which the tests need not have.
test('where there is no Chromium a route receives what open pages send, each test its own', async ({
  browser,
  site,
}) => {
  site.page('/', TRACED)
  const receiver = receiveByRoute(browser, { collector: '*/v1/traces', passOn: false })
  const first = createIntake()
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
  expect(first.log.spans({ orderId: 'o-1' })).toHaveLength(1)
  receiver.receiveInto(undefined)
  receiver.receiveInto(createIntake())
  await submit('o-2')
  expect(first.log.spans({ orderId: 'o-2' })).toEqual([])
  expect(site.exports.all).toEqual([])
  await context.close()
  await receiver.stop()
})

test('and hands it on where the pages’ own collector is to have it too', async ({ browser, site }) => {
  site.page('/', TRACED)
  const receiver = receiveByRoute(browser, { collector: '*/v1/traces', passOn: true })
  const intake = createIntake()
  receiver.receiveInto(intake)
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(site.origin)
  await page.evaluate(async () => {
    await window.ordertrace.order('submit', { id: 'o-1' }, () => {})
    await window.ordertrace.flush()
  })
  expect(intake.log.spans({ orderId: 'o-1' })).toHaveLength(1)
  expect(site.spans.all.map(({ name }) => name)).toContain('order.submit')
  await context.close()
  await receiver.stop()
})

const REFUSALS = { 'answers 503': { status: 503 }, 'resets the connection': 'reset' } as const
for (const [name, refuse] of Object.entries(REFUSALS)) {
  test(`and knows what comes again since that one ${name}`, async ({ page, browser, site }) => {
    const receiver = receiveByRoute(browser, { collector: '*/v1/traces', passOn: true })
    const intake = createIntake()
    receiver.receiveInto(intake)
    await page.goto(site.origin)
    site.collector.answer = refuse
    const refused = await sendSpan(page)
    site.collector.answer = undefined
    expect(await sendSpan(page)).toBe(200)
    await expect.poll(() => intake.log.deliveries.map(({ status }) => status)).toEqual([refused, 200])
    expect(intake.log.spans()).toHaveLength(1)
    await receiver.stop()
  })
}
