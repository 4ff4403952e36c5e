import type { Page } from '@playwright/test'
import type { CollectorAnswering } from '../../src/collector'
import { traced } from '../support/script-tag-page'
import type { Site } from '../support/site'
import { expect, isOrder, test } from '../support/test'
import { twice } from '../support/twice'

declare global {
  interface Window {
    underWay: Set<Promise<Response>>
  }
}

/** The page's clock stands still but for these steps; between them what the page has asked for is answered in real time, however long that takes. */
async function pass(page: Page, seconds: number) {
  for (let step = 0; step < seconds; step += 2) {
    await page.clock.runFor(2000)
    await page.evaluate(async () => {
      do {
        await Promise.allSettled(window.underWay)
        // What comes of the answers has its turn.
        await (await fetch('/ping')).text()
      } while (window.underWay.size > 0)
    })
  }
}

async function open(page: Page, site: Site) {
  await page.addInitScript(() => {
    const { fetch } = window
    window.underWay = new Set()
    window.fetch = (...args) => {
      const answer = fetch(...args)
      window.underWay.add(answer)
      const settled = () => window.underWay.delete(answer)
      answer.then(settled, settled)
      return answer
    }
    // The limit of a request stays real as well: on a busy machine the page's clock would go on by more than that while an answer travels.
    const { timeout } = AbortSignal
    Object.defineProperty(AbortSignal, 'timeout', { get: () => timeout, set() {} })
  })
  await page.clock.install()
  site.page('/shop', traced('data-sample-ratio="0"'))
  site.page('/next', traced('data-sample-ratio="0"'))
  site.on('/ping', (_request, response) => void response.end('pong'))
  await page.goto(`${site.origin}/shop`)
}

const manySteps = (page: Page, steps: number) =>
  page.evaluate(async (steps) => {
    await window.ordertrace.order('submit', { id: 'o-1' }, (order) => {
      for (let i = 0; i < steps; i++) order.step(`part-${i}`, () => {})
    })
  }, steps)

const order = (page: Page, id = 'o-1') => page.evaluate((id) => window.ordertrace.order('submit', { id }, () => {}), id)

const TROUBLES: Record<string, { answer: CollectorAnswering; notBefore?: number }> = {
  'answers 503': { answer: { status: 503 } },
  'answers 429 with Retry-After in seconds': {
    answer: { status: 429, headers: { 'retry-after': '30' } },
    notBefore: 28,
  },
  'answers 429 with Retry-After as a date': {
    answer: () => {
      const at = Date.now()
      const headers = { date: new Date(at).toUTCString(), 'retry-after': new Date(at + 30_000).toUTCString() }
      return { status: 429, headers }
    },
    // A date has no fractions of a second.
    notBefore: 26,
  },
  'resets the connection': { answer: 'reset' },
  hangs: { answer: 'hang' },
}

for (const [name, { answer, notBefore = 2 }] of Object.entries(TROUBLES)) {
  test(`a collector that ${name} gets everything once it is well`, async ({ page, site }) => {
    site.collector.answer = answer
    // Ten seconds of real time would be long.
    await page.addInitScript(() => {
      const within = AbortSignal.timeout.bind(AbortSignal)
      AbortSignal.timeout = (ms) => within(ms / 50)
    })
    await open(page, site)
    await manySteps(page, 20)
    await page.clock.runFor(300)
    await site.exports.waitUntil((all) => all.length === 1, 'the first request')
    if (name === 'hangs') await page.waitForTimeout(300)
    await pass(page, 2)
    site.collector.answer = undefined
    await pass(page, notBefore - 2)
    expect(site.exports.all).toHaveLength(1)
    expect(site.spans.all).toEqual([])
    await pass(page, 12)
    await site.spans.waitUntil((spans) => spans.length === 21, 'everything')
    expect(twice(site.spans.all)).toEqual([])
    await pass(page, 2)
    expect(await page.evaluate(() => window.ordertrace.diagnostics().spans)).toMatchObject({ sent: 21, dropped: {} })
  })
}

test('down for ten minutes with 2,000 spans waiting: under 6 requests a minute, then everything arrives', async ({
  page,
  site,
}) => {
  site.collector.answer = { status: 503 }
  await open(page, site)
  await manySteps(page, 2000)
  const asked: number[] = []
  for (let second = 0; second < 600; second += 2) {
    await pass(page, 2)
    while (asked.length < site.exports.all.length) asked.push(second)
  }
  expect(asked.length).toBeGreaterThan(8)
  const inAMinute = asked.map((begin) => asked.filter((at) => at >= begin && at <= begin + 60).length)
  expect(Math.max(...inAMinute)).toBeLessThan(6)
  site.collector.answer = undefined
  // A minute at most, by the page's clock, from when the page has seen the last failure; on a busy machine that is later than it was said.
  for (let second = 0; second < 120 && site.spans.all.length < 2001; second += 2) await pass(page, 2)
  await site.spans.waitUntil((spans) => spans.length === 2001, 'everything')
  expect(twice(site.spans.all)).toEqual([])
})

test('a page in place of an answer, as a hotel’s network gives, is no answer', async ({ page, site }) => {
  const headers = { 'content-type': 'text/html' }
  site.collector.answer = { headers, body: '<h1>Log in to the network</h1>', taken: false }
  await open(page, site)
  await order(page)
  await pass(page, 2)
  expect(site.exports.all).toHaveLength(1)
  expect(await page.evaluate(() => window.ordertrace.diagnostics().spans)).toMatchObject({ sent: 0, dropped: {} })
  site.collector.answer = undefined
  await pass(page, 12)
  await site.spans.waitUntil((spans) => spans.length === 1, 'the order')
})

test('a batch that the collector fails at holds up what follows for three tries', async ({ page, site }) => {
  site.collector.answer = ({ spans }) =>
    spans.some((span) => span.attributes.order_id === 'o-poison') ? { status: 500, body: '{}' } : undefined
  await open(page, site)
  await order(page, 'o-poison')
  await site.exports.waitUntil((asked) => asked.length === 1, 'the first try')
  await pass(page, 60)
  expect(site.exports.all).toHaveLength(3)
  await order(page, 'o-2')
  await pass(page, 12)
  await site.spans.waitUntil((spans) => spans.length === 1, 'the order behind it')
  const { spans } = await page.evaluate(() => window.ordertrace.diagnostics())
  expect(spans).toMatchObject({ made: 2, sent: 1, dropped: { 'collector-refused-500': 1 } })
})

test('answers that must not be cached and have a body do not use up what may be sent', async ({ page, site }) => {
  site.collector.answer = { headers: { 'cache-control': 'no-store' }, body: `{"x":"${'x'.repeat(3000)}"}` }
  // As they are, to have the bytes soon.
  await page.addInitScript('delete window.CompressionStream')
  site.page('/shop', traced('data-sample-ratio="0"'))
  await page.goto(`${site.origin}/shop`)
  const { sent, waiting } = await page.evaluate(async () => {
    for (let i = 0; i < 40; i++) {
      await window.ordertrace.order('submit', (order) => {
        for (let part = 0; part < 20; part++) order.step(`part-${i}-${part}-${Math.random()}`, () => {})
      })
      await window.ordertrace.flush()
    }
    return window.ordertrace.diagnostics().spans
  })
  expect([sent, waiting]).toEqual([840, 0])
  // Far more than the 64 KiB that Chromium would have kept as used up.
  const bytes = site.exports.all.reduce((sum, { headers }) => sum + Number(headers['content-length']), 0)
  expect(bytes).toBeGreaterThan(80 * 1024)
})

for (const isRunning of [false, true]) {
  const order = isRunning ? 'that runs' : 'that ended in the same tick'
  test(`503 while the page leaves with an order ${order}: the next page brings it`, async ({ page, site }) => {
    site.on('/api/slow', () => {})
    site.collector.answer = { status: 503 }
    await open(page, site)
    await page.evaluate((isRunning) => {
      void window.ordertrace.order('submit', { id: 'o-1' }, async () => {
        if (isRunning) setTimeout(() => location.assign('/next'))
        await fetch(isRunning ? '/api/slow' : '/api/orders', { method: 'POST' })
        location.assign('/next')
      })
    }, isRunning)
    if (isRunning) await page.clock.runFor(10)
    await page.waitForURL('**/next')
    await page.waitForFunction(() => window.ordertrace)
    await pass(page, 6)
    expect(site.exports.all.length).toBeGreaterThan(0)
    expect(site.spans.all).toEqual([])
    site.collector.answer = undefined
    await pass(page, 30)
    await site.spans.waitUntil((spans) => spans.length === 2, 'both spans')
    expect(site.spans.all.map(({ name }) => name).sort()).toEqual(['POST', 'order.submit'])
  })
}

test('down until the next page loads: the next page brings everything, in whatever tab', async ({
  page,
  site,
  context,
}) => {
  site.collector.answer = 'reset'
  await open(page, site)
  await manySteps(page, 100)
  await page.clock.runFor(300)
  await site.exports.waitUntil((all) => all.length > 0, 'the first request')
  await pass(page, 2)
  await page.close()
  expect(site.spans.all).toEqual([])
  site.collector.answer = undefined
  const next = await context.newPage()
  await next.goto(`${site.origin}/next`)
  // Nothing is made there: it looks by itself.
  await site.spans.waitUntil((spans) => spans.length === 101, 'everything')
  expect(site.spans.all.filter(isOrder('submit'))).toHaveLength(1)
  expect(twice(site.spans.all)).toEqual([])
})
