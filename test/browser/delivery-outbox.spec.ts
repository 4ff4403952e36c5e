import type { Page } from '@playwright/test'
import { traced } from '../support/script-tag-page'
import type { Site } from '../support/site'
import { expect, isOrder, test } from '../support/test'
import { twice } from '../support/twice'

const DAY = 24 * 3600_000
const NO_LOAD = 'data-sample-ratio="0"'

async function openOffline(page: Page, site: Site) {
  site.page('/shop', traced(NO_LOAD))
  await page.goto(`${site.origin}/shop`)
  await page.context().setOffline(true)
}

const makeOrders = (page: Page, count: number, characters: number) =>
  page.evaluate(
    async ([count, characters]) => {
      const attributes = { a: 'x'.repeat(characters), b: 'x'.repeat(characters), c: 'x'.repeat(characters) }
      for (let i = 0; i < count; i++) await window.ordertrace.order(`order-${i}`, { attributes }, () => {})
    },
    [count, characters] as const,
  )

async function openNext(page: Page, site: Site): Promise<Page> {
  await page.context().setOffline(false)
  const next = await page.context().newPage()
  await next.goto(`${site.origin}/shop`)
  await next.evaluate(() => window.ordertrace.flush())
  return next
}

test('a storage that becomes full while it is written has each span once, here or there', async ({ page, site }) => {
  await openOffline(page, site)
  await makeOrders(page, 50, 1000)
  await page.evaluate(() => {
    localStorage.setItem('room for some of them', 'x'.repeat(64 * 1024))
    for (let size = 4 * 1024 * 1024; size >= 64; size /= 2) {
      try {
        localStorage.setItem(`page-${size}`, 'x'.repeat(size))
      } catch {}
    }
    localStorage.removeItem('room for some of them')
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  const { waiting, stored } = await page.evaluate(() => window.ordertrace.diagnostics().spans)
  expect([waiting + stored, waiting > 0, stored > 0]).toEqual([50, true, true])
  await page.context().setOffline(false)
  await page.evaluate(() => window.ordertrace.flush())
  await site.spans.waitUntil((spans) => spans.length === 50, 'every order')
  expect(twice(site.spans.all)).toEqual([])
})

test('what is put away again is as old as it was the first time', async ({ page, site }) => {
  await openOffline(page, site)
  await makeOrders(page, 1, 10)
  await page.close()
  site.collector.answer = { status: 503 }
  let tab = page
  for (const day of [1, 2]) {
    await tab.context().addInitScript((later) => {
      const now = Object.getPrototypeOf(Date).now ?? Date.now
      Date.now = () => now.call(Date) + later
    }, DAY)
    const asked = site.exports.all.length
    tab = await openNext(tab, site)
    expect(site.exports.all.length, `day ${day}`).toBe(asked + 1)
    await tab.close()
  }
  // On the fourth day it is too old, and the collector hears that.
  await tab.context().addInitScript((later) => {
    const now = Date.now
    Date.now = () => now() + later
  }, 1.5 * DAY)
  site.collector.answer = undefined
  tab = await openNext(tab, site)
  const { spans } = await tab.evaluate(() => window.ordertrace.diagnostics())
  expect(spans.dropped).toEqual({ 'too-old': 1 })
  await makeOrders(tab, 1, 10)
  const today = await site.spans.find(isOrder('order-0'), 'the order of today')
  expect(today.resource['ordertrace.spans.dropped']).toBe(1)
  expect(site.spans.all).toHaveLength(1)
})

test('what a page had to drop when it went is told to the collector by the next one, once', async ({ page, site }) => {
  await openOffline(page, site)
  // More than the 256 Ki characters that are kept.
  await makeOrders(page, 120, 1000)
  await page.close()
  const next = await openNext(page, site)
  const { restored, dropped } = await next.evaluate(() => window.ordertrace.diagnostics().spans)
  expect(dropped).toEqual({ 'on-an-earlier-page': expect.any(Number) })
  const before = dropped['on-an-earlier-page'] as number
  expect(restored).toBe(120)
  await site.spans.waitUntil((spans) => spans.length === 120 - before, 'what was kept')
  // The newest.
  expect(site.spans.all.map(({ name }) => name)).toContain('order.order-119')
  expect(site.spans.all.map(({ name }) => name)).not.toContain('order.order-0')
  await makeOrders(next, 1, 10)
  await site.spans.waitUntil((spans) => spans.length === 121 - before, 'the order of today')
  const told = site.exports.all.filter(({ body }) => body.includes('ordertrace.spans.dropped'))
  expect(told).toHaveLength(1)
  expect(told[0]?.body).toContain(`"ordertrace.spans.dropped","value":{"intValue":${before}}`)
})

test('the count of dropped spans goes with one of several batches', async ({ page, site }) => {
  site.collector.answer = { status: 503 }
  site.page('/shop', traced(NO_LOAD))
  await page.goto(`${site.origin}/shop`)
  await makeOrders(page, 1, 10)
  await page.evaluate(() => window.ordertrace.flush())
  // Over the 2 MiB that wait in memory.
  await makeOrders(page, 800, 1000)
  const dropped = await page.evaluate(() => window.ordertrace.diagnostics().spans.dropped['backlog-full'] ?? 0)
  expect(dropped).toBeGreaterThan(0)
  site.collector.answer = undefined
  await page.evaluate(() => window.ordertrace.stop())
  expect(site.exports.all.length).toBeGreaterThan(3)
  const told = site.exports.all.slice(1).filter(({ body }) => body.includes('ordertrace.spans.dropped'))
  expect(told).toHaveLength(1)
  expect(told[0]?.body).toContain(`"ordertrace.spans.dropped","value":{"intValue":${dropped}}`)
})
