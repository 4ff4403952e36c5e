import type { Page } from '@playwright/test'
import { traced as tracedPage } from '../support/script-tag-page'
import { expect, isOrder, test } from '../support/test'
import { twice } from '../support/twice'

const DAY = 24 * 3600_000
const outbox = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('ordertrace.outbox.')))

test('offline, the page is closed and opened again the next day: what waited is sent, once, whichever tab is first', async ({
  context,
  page,
  traced,
  site,
}) => {
  site.page('/shop', tracedPage())
  await traced({ userId: 'u-7' })
  await page.evaluate(() => window.tracing.flush())
  await context.setOffline(true)
  await page.evaluate(() =>
    window.tracing.order('submit', { id: 'o-1' }, () => fetch('/api/orders')).catch(() => 'as ever'),
  )
  await page.close()
  expect(site.spans.all.filter(isOrder('submit'))).toEqual([])
  await context.setOffline(false)
  const nextDay = DAY
  await context.addInitScript((later) => {
    const now = Date.now
    Date.now = () => now() + later
  }, nextDay)
  const tabs = await Promise.all([1, 2, 3].map(() => context.newPage()))
  await Promise.all(tabs.map((tab) => tab.goto(`${site.origin}/shop`)))
  await Promise.all(tabs.map((tab) => tab.evaluate(() => window.ordertrace.flush())))
  const order = await site.spans.find(isOrder('submit'), 'the order of the day before')
  expect(order.attributes).toMatchObject({ 'order.outcome': 'failed', order_id: 'o-1', user_id: 'u-7' })
  // They went by another page, and are still those of their own.
  expect(order.service).toBe('internet-shop')
  expect(await outbox(tabs[0] as Page)).toEqual([])
  expect(twice(site.spans.all)).toEqual([])
  const restored = await Promise.all(
    tabs.map((tab) => tab.evaluate(() => window.ordertrace.diagnostics().spans.restored)),
  )
  expect(restored.filter((spans) => spans > 0)).toHaveLength(1)
})

test('online in name only, nothing answers, the page is closed and opened again the next day: all of it arrives, once', async ({
  context,
  page,
  site,
}) => {
  site.page('/shop', tracedPage('data-sample-ratio="0"'))
  await page.goto(`${site.origin}/shop`)
  site.collector.answer = 'hang'
  site.on('/api/slow', () => {})
  await page.evaluate(() => {
    void window.ordertrace.order('submit', { id: 'o-1' }, () => {})
  })
  await site.exports.waitUntil((all) => all.length === 1, 'what nobody answers')
  const since = await page.evaluate(() => {
    void window.ordertrace.order('submit', { id: 'o-2' }, () => fetch('/api/slow'))
    return performance.now()
  })
  expect(await page.evaluate(() => navigator.onLine)).toBe(true)
  // Sooner a page has no reason to doubt that its request arrives.
  await page.waitForFunction((since) => performance.now() - since > 1000, since)
  await page.close()
  site.collector.answer = undefined
  await context.addInitScript((later) => {
    const now = Date.now
    Date.now = () => now() + later
  }, DAY)
  const next = await context.newPage()
  await next.goto(`${site.origin}/shop`)
  await next.evaluate(() => window.ordertrace.flush())
  await site.spans.waitUntil((spans) => spans.length >= 3, 'both orders and the request')
  const outcomes = site.spans.all.filter(isOrder('submit')).map(({ attributes }) => attributes['order.outcome'])
  expect(outcomes.sort()).toEqual(['abandoned', 'confirmed'])
  expect(twice(site.spans.all)).toEqual([])
  expect(await outbox(next)).toEqual([])
})

test('online again on the same page: what waited is sent without being asked', async ({
  context,
  page,
  traced,
  site,
}) => {
  await traced()
  await context.setOffline(true)
  await page.evaluate(() => window.tracing.order('submit', { id: 'o-1' }, () => {}))
  await page.evaluate(() => window.tracing.flush())
  expect(site.exports.all).toEqual([])
  await context.setOffline(false)
  await site.spans.find(isOrder('submit'), 'the order')
})

test('what is put away is bounded in age and bytes, an order is kept before something else, and what is dropped is counted', async ({
  context,
  page,
  traced,
  site,
}) => {
  await traced()
  await page.evaluate(() => window.tracing.flush())
  await context.setOffline(true)
  const leave = (later: number) =>
    page.evaluate(async (later) => {
      const now = Date.now
      Date.now = () => now() + later
      dispatchEvent(new Event('pagehide'))
      Date.now = now
    }, later)
  // Of four days ago.
  await page.evaluate(() => window.tracing.order('old', () => {}))
  await leave(-4 * DAY)
  const note = 'x'.repeat(1000)
  await page.evaluate(async (note) => {
    for (let i = 0; i < 100; i++) await window.tracing.order('submit', { attributes: { note } }, () => {})
    for (let i = 0; i < 300; i++) window.tracing.tracer.startSpan(`other-${i}`, { attributes: { note } }).end()
  }, note)
  await leave(0)
  const size = await page.evaluate(() =>
    Object.keys(localStorage).reduce((sum, key) => sum + (localStorage.getItem(key) as string).length, 0),
  )
  expect(size).toBeLessThanOrEqual(256 * 1024)
  expect(size).toBeGreaterThan(128 * 1024)
  await context.setOffline(false)
  const next = await context.newPage()
  site.page('/shop', tracedPage())
  await next.goto(`${site.origin}/shop`)
  await next.evaluate(() => window.ordertrace.flush())
  await site.spans.waitUntil((spans) => spans.filter(isOrder('submit')).length === 100, 'all orders of today')
  expect(site.spans.all.filter(isOrder('old'))).toEqual([])
  const others = site.spans.all.filter(({ name }) => name.startsWith('other-'))
  expect(others.length).toBeLessThan(300)
  expect(twice(site.spans.all)).toEqual([])
})

for (const [name, spoil] of Object.entries({
  full: () => {
    const block = 'x'.repeat(1024 * 1024)
    try {
      for (let i = 0; ; i++) localStorage.setItem(`page-${i}`, block)
    } catch {
      // Down to the last character.
      try {
        for (let i = 0; ; i++) localStorage.setItem(`rest-${i}`, 'x'.repeat(100))
      } catch {}
    }
  },
  blocked: () => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('blocked', 'SecurityError')
      },
    })
  },
  cleared: () => localStorage.clear(),
})) {
  test(`a storage that is ${name} does no harm: the page lives, and its spans wait in memory`, async ({
    context,
    page,
    traced,
    site,
  }) => {
    const errors: Error[] = []
    page.on('pageerror', (error) => errors.push(error))
    await traced()
    await page.evaluate(spoil)
    await context.setOffline(true)
    await page.evaluate(() => window.tracing.order('submit', { id: 'o-1' }, () => {}))
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    if (name === 'cleared') await page.evaluate(() => window.tracing.order('confirm', () => {}))
    await page.evaluate(spoil)
    await context.setOffline(false)
    await page.evaluate(() => window.tracing.flush())
    // What the page itself threw away is gone; what came after is not.
    await site.spans.find(isOrder(name === 'cleared' ? 'confirm' : 'submit'), 'the order')
    expect(errors).toEqual([])
  })
}

test('what others, or another version of ours, wrote there does no harm, and an entry of version 1 is read as ever', async ({
  page,
  site,
}) => {
  site.page('/empty', '')
  site.page('/shop', tracedPage())
  await page.goto(`${site.origin}/empty`)
  const head = JSON.stringify({
    resource: { attributes: [{ key: 'service.name', value: { stringValue: 'crm' } }] },
    scopeSpans: [{ scope: { name: 'ordertrace', version: '0.0.9' }, spans: [] }],
  }).replace(']}]}', '')
  const span = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    name: 'order.submit',
    kind: 1,
    startTimeUnixNano: '1790000000000000000',
    endTimeUnixNano: '1790000001000000000',
    attributes: [{ key: 'order_id', value: { stringValue: 'o-old' } }],
    status: { code: 0 },
  }
  await page.evaluate(
    ([head, span]) => {
      const entry = (value: unknown) => JSON.stringify(value)
      const good = { v: 1, at: Date.now(), groups: [{ head, isOrder: true, spans: [span] }] }
      const entries = {
        '1.a': 'no JSON',
        '1.b': entry(null),
        '1.c': entry({ v: 1, at: Date.now(), groups: [{ head, isOrder: true, spans: ['{"no'] }] }),
        '1.d': entry({ v: 1, at: Date.now(), groups: 'none' }),
        '1.e': entry({ v: 99, of: 'a newer version' }),
        '1.f': entry(good),
      }
      for (const [name, text] of Object.entries(entries)) localStorage.setItem(`ordertrace.outbox.${name}`, text)
    },
    [head, JSON.stringify(span)] as const,
  )
  await page.goto(`${site.origin}/shop`)
  await page.evaluate(() => window.ordertrace.flush())
  const order = await site.spans.find(isOrder('submit'), 'the order of the earlier version')
  expect(order).toMatchObject({ service: 'crm', spanId: span.spanId, attributes: { order_id: 'o-old' } })
  await page.evaluate(() => window.ordertrace.order('confirm', () => {}))
  await page.evaluate(() => window.ordertrace.flush())
  await site.spans.find(isOrder('confirm'), 'an order of today')
  // A newer version will know what to do with its own.
  expect(await outbox(page)).toEqual(['ordertrace.outbox.1.e'])
})
