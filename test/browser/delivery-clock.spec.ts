import type { Page } from '@playwright/test'
import type { ReceivedSpan } from '../../src/collector'
import { COLLECTOR, type Site } from '../support/site'
import { expect, isOrder, test } from '../support/test'

const HOUR = 3600_000
const SHIFT = 'ordertrace.clock.shift_ms'

/** A device whose clock is wrong by so many ms: all that it tells is. */
async function setClock(page: Page, wrongBy: number): Promise<void> {
  await page.addInitScript((wrongBy) => {
    const now = Date.now
    const origin = performance.timeOrigin
    Date.now = () => now() + wrongBy
    Object.defineProperty(Performance.prototype, 'timeOrigin', { get: () => origin + wrongBy })
  }, wrongBy)
}

const submit = (page: Page, method: string, url = '/api/orders') =>
  page.evaluate(
    ([method, url]) =>
      window.tracing.order('submit', { id: 'o-1' }, async () => {
        await fetch(url, { method })
      }),
    [method, url] as const,
  )

const startMs = ({ startTime }: ReceivedSpan) => Number(startTime / 1000n) / 1000
const endMs = ({ endTime }: ReceivedSpan) => Number(endTime / 1000n) / 1000
const all = async (page: Page, site: Site) => {
  await site.spans.find(isOrder('submit'), 'the order')
  await page.evaluate(() => window.tracing.flush())
  return site.spans.all
}

for (const [name, wrongBy] of Object.entries({ 'two hours slow': -2 * HOUR, 'a day fast': 24 * HOUR })) {
  test(`a device clock ${name}, told by the Date of a listed API: every span is within a second of the time`, async ({
    page,
    traced,
    site,
  }) => {
    await setClock(page, wrongBy)
    const before = Date.now()
    await traced()
    await submit(page, 'POST')
    const spans = await all(page, site)
    expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(['documentLoad', 'POST', 'order.submit']))
    for (const span of spans) {
      expect(startMs(span), span.name).toBeGreaterThan(before - 1000)
      expect(endMs(span), span.name).toBeLessThan(Date.now() + 1000)
      expect(Math.abs(Number(span.attributes[SHIFT]) + wrongBy)).toBeLessThan(1000)
    }
  })
}

test('told exactly by Server-Timing, and by XHR', async ({ page, traced, site }) => {
  site.on('/api/exact', (_request, response) => {
    response.sendDate = false
    response.writeHead(200, { 'server-timing': `db;dur=12.5, now;desc="clock";dur=${Date.now()}` }).end()
  })
  await setClock(page, -HOUR)
  await traced()
  await page.evaluate(() =>
    window.tracing.order('submit', { id: 'o-1' }, async () => {
      await window.axios.post('/api/exact')
    }),
  )
  const spans = await all(page, site)
  for (const { attributes } of spans) expect(Math.abs(Number(attributes[SHIFT]) - HOUR)).toBeLessThan(300)
})

test('told by the collector while many batches wait: one flush still sends them all', async ({
  page,
  traced,
  site,
}) => {
  await setClock(page, -HOUR)
  await traced({ apis: [] })
  await page.evaluate(async () => {
    for (let i = 0; i < 300; i++)
      window.tracing.tracer.startSpan(`many-${i}`, { attributes: { note: 'x'.repeat(1000) } }).end()
    await window.tracing.flush()
  })
  const many = site.spans.all.filter(({ name }) => name.startsWith('many-'))
  expect(many).toHaveLength(300)
  expect(site.exports.all.length).toBeGreaterThan(2)
  const told = many.filter(({ attributes }) => attributes[SHIFT] !== undefined)
  expect(told.length).toBeGreaterThan(0)
  expect(told.length).toBeLessThan(300)
})

test('told by the collector: what follows its first answer is placed by it', async ({ page, traced, site }) => {
  await setClock(page, -HOUR)
  await traced({ apis: [] })
  await submit(page, 'POST')
  const first = await site.spans.find(isOrder('submit'), 'the order')
  // Nobody had said anything by then, and nothing is guessed.
  expect(first.attributes[SHIFT]).toBeUndefined()
  expect(Math.abs(startMs(first) + HOUR - Date.now())).toBeLessThan(5000)
  await page.evaluate(() => window.tracing.flush())
  await page.evaluate(() => window.tracing.order('confirm', () => {}))
  const second = await site.spans.find(isOrder('confirm'), 'the next order')
  expect(Math.abs(startMs(second) - Date.now())).toBeLessThan(5000)
  expect(Math.abs(Number(second.attributes[SHIFT]) - HOUR)).toBeLessThan(1000)
})

for (const [name, method, listed] of [
  ['a GET, which a cache may have answered', 'GET', true],
  ['a server that is not listed', 'POST', false],
] as const) {
  test(`not told by ${name}`, async ({ page, traced, site }) => {
    await setClock(page, -HOUR)
    await traced({ apis: listed ? ['/api/'] : [] })
    await submit(page, method)
    const order = await site.spans.find(isOrder('submit'), 'the order')
    expect(order.attributes[SHIFT]).toBeUndefined()
  })
}

test('a clock that is right, or nearly, is left alone', async ({ page, traced, site }) => {
  await setClock(page, 1500)
  await traced()
  await submit(page, 'POST')
  for (const { attributes } of await all(page, site)) expect(attributes[SHIFT]).toBeUndefined()
})

test('an answer that took long tells nothing: it would be a guess', async ({ page, traced, site }) => {
  site.on('/api/slow', (_request, response) => void setTimeout(() => response.end(), 1500))
  const bodies: string[] = []
  site.on(COLLECTOR, ({ body }, response) => {
    bodies.push(body)
    response.sendDate = false
    response.end('{}')
  })
  await setClock(page, -HOUR)
  await traced()
  for (const path of ['/api/slow', '/api/orders']) {
    await submit(page, 'POST', path)
    await page.evaluate(() => window.tracing.flush())
  }
  const [slow, quick] = bodies.filter((body) => body.includes('order.submit'))
  expect(slow).not.toContain(SHIFT)
  expect(quick).toContain(SHIFT)
})

test('a device that sleeps in the middle of an order: the order lasts as long, and what came after is after', async ({
  page,
  traced,
  site,
}) => {
  await traced({ apis: [] })
  await page.evaluate(() =>
    window.tracing.order('submit', { id: 'o-1' }, async (order) => {
      await order.step('before', () => fetch('/api/a'))
      // `performance.now()` stands still while the device sleeps.
      const now = Date.now
      Date.now = () => now() + 3600_000
      await order.step('after', () => fetch('/api/b'))
    }),
  )
  const spans = await all(page, site)
  const of = (name: string) => spans.find((span) => span.name === name) as ReceivedSpan
  const [order, before, after] = [of('order.submit'), of('order.submit.before'), of('order.submit.after')]
  expect(endMs(order) - startMs(order)).toBeGreaterThan(HOUR)
  expect(endMs(before)).toBeLessThan(startMs(order) + HOUR)
  expect(startMs(after)).toBeGreaterThan(startMs(order) + HOUR - 1000)
  for (const span of spans.filter(({ traceId }) => traceId === order.traceId)) {
    expect(startMs(span), span.name).toBeGreaterThanOrEqual(startMs(order))
    expect(endMs(span), span.name).toBeLessThanOrEqual(endMs(order))
    expect(endMs(span), span.name).toBeGreaterThanOrEqual(startMs(span))
  }
})

test('a clock that is set back in the middle of an order: no duration is negative, and none is wrong', async ({
  page,
  traced,
  site,
}) => {
  await traced({ apis: [] })
  await page.evaluate(() =>
    window.tracing.order('submit', { id: 'o-1' }, async (order) => {
      const now = Date.now
      Date.now = () => now() - 3600_000
      await order.step('after', () => fetch('/api/b'))
    }),
  )
  const spans = await all(page, site)
  const order = spans.find(isOrder('submit')) as ReceivedSpan
  const after = spans.find(({ name }) => name === 'order.submit.after') as ReceivedSpan
  expect(startMs(after)).toBeGreaterThanOrEqual(startMs(order))
  expect(endMs(after)).toBeLessThanOrEqual(endMs(order))
  expect(endMs(order) - startMs(order)).toBeLessThan(10_000)
})
