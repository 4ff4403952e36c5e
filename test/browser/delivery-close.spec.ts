import type { BrowserContext, Page } from '@playwright/test'
import { traced } from '../support/script-tag-page'
import { COLLECTOR, type Site } from '../support/site'
import { expect, test } from '../support/test'
import { twice } from '../support/twice'

const ROUNDS = 5
/** Each leaves a connection behind, of the six that the browser has for a server. */
const FEW = 3

/** From another origin the browser has to ask the collector before each request whether it may be sent. */
const COLLECTORS = { 'the page’s own origin': false, 'another origin': true }

async function openShop(page: Page, site: Site, isElsewhere = false) {
  site.page('/shop', traced(isElsewhere ? `data-collector="${site.other}${COLLECTOR}"` : ''))
  await page.goto(`${site.origin}/shop`)
}

/** Resolves in the tick in which the order ended, before anything was sent of it. */
const makeOrder = (page: Page, id: string) =>
  page.evaluate((id) => window.ordertrace.order('submit', { id }, () => fetch('/api/orders', { method: 'POST' })), id)

async function expectBoth(site: Site, id: string) {
  const ofOrder = ({ attributes }: { attributes: Record<string, unknown> }) => attributes.order_id === id
  await site.spans.waitUntil((spans) => spans.filter(ofOrder).length >= 2, `both spans of ${id}`)
}

/** Each round a page goes away right after its order. */
async function leaveAfterOrders(
  { context, site }: { context: BrowserContext; site: Site },
  isElsewhere: boolean,
  leave: (page: Page) => Promise<void>,
) {
  for (let round = 0; round < ROUNDS; round++) {
    const page = await context.newPage()
    await openShop(page, site, isElsewhere)
    await makeOrder(page, `o-${round}`)
    await leave(page)
    await expectBoth(site, `o-${round}`)
  }
  expect(twice(site.spans.all)).toEqual([])
  expect(site.exports.all.filter(({ origin }) => origin === site.other).length > 0).toBe(isElsewhere)
}

for (const [where, isElsewhere] of Object.entries(COLLECTORS)) {
  test(`the tab is closed right after the order, the collector is on ${where}: every span arrives, each once`, async ({
    context,
    site,
  }) => {
    await leaveAfterOrders({ context, site }, isElsewhere, (page) => page.close())
  })
}

test('the tab is closed while an order runs: every span arrives, marked as interrupted', async ({ context, site }) => {
  site.on('/api/slow', () => {})
  for (let round = 0; round < ROUNDS; round++) {
    const page = await context.newPage()
    await openShop(page, site)
    await page.evaluate((id) => {
      void window.ordertrace.order('submit', { id }, () => fetch('/api/slow', { method: 'POST' }))
    }, `o-${round}`)
    await page.close()
    await expectBoth(site, `o-${round}`)
  }
  const ours = site.spans.all.filter(({ attributes }) => attributes.order_id)
  expect(ours.map(({ attributes }) => attributes['ordertrace.interrupted'])).toEqual(Array(2 * ROUNDS).fill(true))
  expect(twice(site.spans.all)).toEqual([])
})

test('the browser’s window is closed right after the order: every span arrives, each once', async ({
  browser,
  site,
}) => {
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.newContext()
    const page = await context.newPage()
    await openShop(page, site)
    await makeOrder(page, `o-${round}`)
    await context.close()
    await expectBoth(site, `o-${round}`)
  }
  expect(twice(site.spans.all)).toEqual([])
})

test('the browser is shut down a round trip after the order: every span has been sent', async ({
  playwright,
  launchOptions,
  site,
}) => {
  for (let round = 0; round < FEW; round++) {
    const browser = await playwright.chromium.launch(launchOptions)
    const page = await browser.newPage()
    await openShop(page, site)
    await makeOrder(page, `o-${round}`)
    // Of a shutdown no page is told, and what is not on the wire by then may stay there.
    await page.evaluate(async () => (await fetch('/api/after')).text())
    await browser.close()
    await expectBoth(site, `o-${round}`)
  }
  expect(twice(site.spans.all.filter(({ attributes }) => attributes.order_id))).toEqual([])
})

async function crash(page: Page) {
  const crashed = page.waitForEvent('crash')
  await page.goto('chrome://crash').catch(() => {})
  await crashed
}

for (const [where, isElsewhere] of Object.entries(COLLECTORS)) {
  test(`the renderer crashes right after the order, the collector is on ${where}: every span arrives, each once`, async ({
    context,
    site,
  }) => {
    await leaveAfterOrders({ context, site }, isElsewhere, crash)
  })
}

for (const hasDeferredFetch of [true, false]) {
  const outcome = hasDeferredFetch ? 'arrives with deferred fetch' : 'is lost without deferred fetch'
  test(`a crash while an earlier order is on its way: the later one ${outcome}`, async ({ context, site }) => {
    site.collector.answer = ({ spans }) =>
      spans.some((span) => span.attributes.order_id === 'o-hanging') ? 'hang' : undefined
    if (!hasDeferredFetch) await context.addInitScript('delete window.fetchLater')
    for (let round = 0; round < FEW; round++) {
      const page = await context.newPage()
      await openShop(page, site)
      expect(await page.evaluate(() => 'fetchLater' in window)).toBe(hasDeferredFetch)
      const asked = site.exports.all.length
      await makeOrder(page, 'o-hanging')
      await site.exports.waitUntil((all) => all.length > asked, 'the order on its way')
      await makeOrder(page, `o-${round}`)
      await crash(page)
      if (hasDeferredFetch) await site.exports.waitUntil((all) => all.length > asked + 1, 'what lay ready')
    }
    const other = await context.newPage()
    await openShop(other, site)
    await makeOrder(other, 'o-last')
    const bodies = await site.exports.waitUntil((all) => all.at(-1)?.body.includes('o-last') === true, 'the last')
    const arrived = (id: string) => bodies.filter(({ body }) => body.includes(`"${id}"`)).length
    for (let round = 0; round < FEW; round++) expect(arrived(`o-${round}`)).toBe(hasDeferredFetch ? 1 : 0)
  })
}
