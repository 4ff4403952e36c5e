import type { Page } from '@playwright/test'
import { accept, answering, createCollector, traced, twice } from '../support/collector'
import type { Handler, Site } from '../support/site'
import { expect, isOrder, test } from '../support/test'

/** The page's clock stands still but for these steps; between them requests and answers have real time to travel. */
async function pass(page: Page, seconds: number) {
  for (let step = 0; step < seconds; step += 2) {
    await page.clock.runFor(2000)
    await page.evaluate(async () => void (await (await fetch('/ping')).text()))
  }
}

async function open(page: Page, site: Site) {
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

const reset: Handler = (_request, _response, incoming) => void incoming.socket.destroy()

const TROUBLES: Record<string, { behave: Handler; notBefore?: number }> = {
  'answers 503': { behave: answering(503) },
  'answers 429 with Retry-After in seconds': { behave: answering(429, { 'retry-after': '30' }), notBefore: 28 },
  'answers 429 with Retry-After as a date': {
    behave: (_request, response) => {
      const at = Date.now()
      const headers = { date: new Date(at).toUTCString(), 'retry-after': new Date(at + 30_000).toUTCString() }
      response.writeHead(429, headers).end()
    },
    // A date has no fractions of a second.
    notBefore: 26,
  },
  'resets the connection': { behave: reset },
  hangs: { behave: () => {} },
}

for (const [name, { behave, notBefore = 2 }] of Object.entries(TROUBLES)) {
  test(`a collector that ${name} gets everything once it is well`, async ({ page, site }) => {
    const collector = createCollector(site, behave)
    // Playwright's clock does not cover this one.
    await page.addInitScript(() => {
      const within = AbortSignal.timeout.bind(AbortSignal)
      AbortSignal.timeout = (ms) => within(ms / 50)
    })
    await open(page, site)
    await manySteps(page, 20)
    await page.clock.runFor(300)
    await collector.asked.waitUntil((all) => all.length === 1, 'the first request')
    if (name === 'hangs') await page.waitForTimeout(300)
    await pass(page, 2)
    collector.behave = undefined
    await pass(page, notBefore - 2)
    expect(collector.asked.all).toHaveLength(1)
    expect(collector.spans.all).toEqual([])
    await pass(page, 12)
    await collector.spans.waitUntil((spans) => spans.length === 21, 'everything')
    expect(twice(collector.spans.all)).toEqual([])
    await pass(page, 2)
    expect(await page.evaluate(() => window.ordertrace.diagnostics().spans)).toMatchObject({ sent: 21, dropped: {} })
  })
}

test('down for ten minutes with 2,000 spans waiting: under 6 requests a minute, then everything arrives', async ({
  page,
  site,
}) => {
  const collector = createCollector(site, answering(503))
  await open(page, site)
  await manySteps(page, 2000)
  const asked: number[] = []
  for (let second = 0; second < 600; second += 2) {
    await pass(page, 2)
    while (asked.length < collector.asked.all.length) asked.push(second)
  }
  expect(asked.length).toBeGreaterThan(8)
  const inAMinute = asked.map((begin) => asked.filter((at) => at >= begin && at <= begin + 60).length)
  expect(Math.max(...inAMinute)).toBeLessThan(6)
  collector.behave = undefined
  await pass(page, 70)
  await collector.spans.waitUntil((spans) => spans.length === 2001, 'everything')
  expect(twice(collector.spans.all)).toEqual([])
})

test('a page in place of an answer, as a hotel’s network gives, is no answer', async ({ page, site }) => {
  const collector = createCollector(site, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Log in to the network</h1>')
  })
  await open(page, site)
  await order(page)
  await pass(page, 2)
  expect(collector.asked.all).toHaveLength(1)
  expect(await page.evaluate(() => window.ordertrace.diagnostics().spans)).toMatchObject({ sent: 0, dropped: {} })
  collector.behave = undefined
  await pass(page, 12)
  await collector.spans.waitUntil((spans) => spans.length === 1, 'the order')
})

test('a batch that the collector fails at holds up what follows for three tries', async ({ page, site }) => {
  const collector = createCollector(site)
  collector.behave = (request, response) => {
    const isPoison = request.body.includes('o-poison')
    if (!isPoison) accept(collector, request)
    response.writeHead(isPoison ? 500 : 200).end('{}')
  }
  await open(page, site)
  await order(page, 'o-poison')
  await collector.asked.waitUntil((asked) => asked.length === 1, 'the first try')
  await pass(page, 60)
  expect(collector.asked.all).toHaveLength(3)
  await order(page, 'o-2')
  await pass(page, 12)
  await collector.spans.waitUntil((spans) => spans.length === 1, 'the order behind it')
  const { spans } = await page.evaluate(() => window.ordertrace.diagnostics())
  expect(spans).toMatchObject({ made: 2, sent: 1, dropped: { 'collector-refused-500': 1 } })
})

test('answers that must not be cached and have a body do not use up what may be sent', async ({ page, site }) => {
  const collector = createCollector(site)
  collector.behave = (request, response) => {
    collector.spans.add(...JSON.parse(request.body).resourceSpans)
    response.writeHead(200, { 'cache-control': 'no-store' }).end(`{"x":"${'x'.repeat(3000)}"}`)
  }
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
  const bytes = collector.asked.all.reduce((sum, { headers }) => sum + Number(headers['content-length']), 0)
  expect(bytes).toBeGreaterThan(80 * 1024)
})

for (const isRunning of [false, true]) {
  const order = isRunning ? 'that runs' : 'that ended in the same tick'
  test(`503 while the page leaves with an order ${order}: the next page brings it`, async ({ page, site }) => {
    site.on('/api/slow', () => {})
    const collector = createCollector(site, answering(503))
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
    expect(collector.asked.all.length).toBeGreaterThan(0)
    expect(collector.spans.all).toEqual([])
    collector.behave = undefined
    await pass(page, 30)
    await collector.spans.waitUntil((spans) => spans.length === 2, 'both spans')
    expect(collector.spans.all.map(({ name }) => name).sort()).toEqual(['POST', 'order.submit'])
  })
}

test('down until the next page loads: the next page brings everything, in whatever tab', async ({
  page,
  site,
  context,
}) => {
  const collector = createCollector(site, reset)
  await open(page, site)
  await manySteps(page, 100)
  await page.clock.runFor(300)
  await collector.asked.waitUntil((all) => all.length > 0, 'the first request')
  await pass(page, 2)
  await page.close()
  expect(collector.spans.all).toEqual([])
  collector.behave = undefined
  const next = await context.newPage()
  await next.goto(`${site.origin}/next`)
  // Nothing is made there: it looks by itself.
  await collector.spans.waitUntil((spans) => spans.length === 101, 'everything')
  expect(collector.spans.all.filter(isOrder('submit'))).toHaveLength(1)
  expect(twice(collector.spans.all)).toEqual([])
})
