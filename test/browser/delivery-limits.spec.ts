import { waitForEach } from '../support/arrived'
import { expect, isOrder, test } from '../support/test'
import { twice } from '../support/twice'

test('2,000 spans at once arrive, each once, in requests that fit the keepalive quota', async ({
  traced,
  site,
  page,
}) => {
  await traced({ sampleRatio: 0 })
  await page.evaluate(async () => {
    await window.tracing.order('submit', { id: 'o-1' }, (order) => {
      for (let i = 1; i < 2000; i++) order.step(`part-${i}`, () => {})
    })
    await window.tracing.flush()
  })
  const { spans } = await page.evaluate(() => window.tracing.diagnostics())
  expect([spans.made, spans.sent, spans.dropped]).toEqual([2000, 2000, {}])
  expect(site.spans.all).toHaveLength(2000)
  expect(twice(site.spans.all)).toEqual([])
  for (const { headers } of site.exports.all) expect(Number(headers['content-length'])).toBeLessThanOrEqual(16 * 1024)
})

test('2,000 spans at once, and the page goes away: what has no room is sent by the next page', async ({
  site,
  page,
  traced,
}) => {
  await traced({ sampleRatio: 0 })
  await page.evaluate(() => {
    void window.tracing.order('submit', { id: 'o-1' }, (order) => {
      for (let i = 1; i < 700; i++) order.step(`part-${i}`, () => {})
    })
    location.href = '/api/elsewhere'
  })
  await page.waitForURL('**/elsewhere')
  await traced({ sampleRatio: 0 })
  await page.evaluate(() => window.tracing.flush())
  expect(await waitForEach(site, 700, 'all spans')).toHaveLength(700)
})

test('the page has used up what may outlive it, and goes away: the next page brings the order', async ({
  site,
  page,
  traced,
}) => {
  site.on('/hanging', () => {})
  await traced()
  await page.evaluate(() => window.tracing.flush())
  await page.evaluate(() => {
    // Two of them: what is not kept for the first would fit.
    for (const bytes of [63, 1]) {
      const body = 'x'.repeat(bytes * 1023)
      void fetch('/hanging', { method: 'POST', body, keepalive: true }).catch(() => {})
    }
    void window.tracing.order('submit', { id: 'o-1' }, () => {})
    location.href = '/api/elsewhere'
  })
  await page.waitForURL('**/elsewhere')
  await traced()
  await page.evaluate(() => window.tracing.flush())
  await waitForEach(site, 1, 'the order', isOrder('submit'))
})

test('a text of 5,000 characters is cut, and its span arrives with the rest', async ({ traced, site, page }) => {
  await traced({ sampleRatio: 0 })
  await page.evaluate(async () => {
    await window.tracing.order('submit', { attributes: { note: 'é'.repeat(5000), after: 'kept' } }, () => {})
    await window.tracing.flush()
  })
  const [span] = site.spans.all
  expect(span?.attributes).toMatchObject({ note: 'é'.repeat(1024), after: 'kept' })
})

test('20 exports in a second arrive, each once', async ({ traced, site, page }) => {
  await traced({ sampleRatio: 0 })
  await page.evaluate(async () => {
    for (let i = 0; i < 20; i++) {
      await window.tracing.order(`order-${i}`, () => {})
      await window.tracing.flush()
    }
  })
  expect(site.exports.all).toHaveLength(20)
  expect(site.spans.all).toHaveLength(20)
  expect(twice(site.spans.all)).toEqual([])
})

test('spans that come while others are on their way go together, and not one by one at each answer', async ({
  traced,
  site,
  page,
}) => {
  await traced({ sampleRatio: 1 })
  const polls = await page.evaluate(async () => {
    let polls = 0
    let isOver = false
    // A page that polls: at each answer of the collector there is a span more.
    const poll = async () => {
      while (!isOver) {
        await fetch('/api/poll')
        polls++
      }
    }
    const polling = poll()
    for (let i = 0; i < 3; i++) await window.tracing.order(`order-${i}`, () => fetch('/api/orders', { method: 'POST' }))
    await window.tracing.flush()
    while (polls < 60) await new Promise((resolve) => setTimeout(resolve))
    isOver = true
    await polling
    await window.tracing.flush()
    return polls
  })
  expect(polls).toBeGreaterThanOrEqual(60)
  expect(site.spans.all.filter(({ name }) => name === 'GET')).toHaveLength(polls)
  // Each order by itself at most, and what the two flushes sent.
  expect(site.exports.all.length).toBeLessThanOrEqual(5)
})

test('what exceeds the backlog is dropped oldest first and never an order before something else; the collector is told how many', async ({
  traced,
  site,
  page,
}) => {
  site.collector.answer = { status: 503 }
  await traced({ sampleRatio: 1 })
  const made = await page.evaluate(async () => {
    await window.tracing.order('first', () => {})
    await window.tracing.flush()
    // The collector is down; over 2 MiB come together.
    const note = 'x'.repeat(1000)
    const order = window.tracing.startOrder('large')
    for (let i = 0; i < 1000; i++) window.tracing.tracer.startSpan(`other-${i}`, { attributes: { note } }).end()
    order.setAttributes({ note })
    order.succeed()
    for (let i = 1000; i < 2000; i++) window.tracing.tracer.startSpan(`other-${i}`, { attributes: { note } }).end()
    return window.tracing.diagnostics().spans
  })
  const dropped = made.dropped['backlog-full'] ?? 0
  expect(dropped).toBeGreaterThan(100)
  expect(made.made).toBe(made.waiting + dropped)
  site.collector.answer = undefined
  await page.evaluate(() => window.tracing.stop())
  await site.spans.waitUntil((spans) => spans.length === made.waiting, 'all that was kept')
  const names = site.spans.all.map(({ name }) => name)
  expect(names.slice(0, 2)).toEqual(['order.first', 'order.large'])
  // The oldest are missing, the youngest are there.
  expect(names.at(-1)).toBe('other-1999')
  expect(names).not.toContain('other-0')
  expect(site.spans.all[0]?.resource['ordertrace.spans.dropped']).toBe(dropped)
  const told = site.spans.all.filter(({ resource }) => resource['ordertrace.spans.dropped'] !== undefined)
  expect(told.length).toBeLessThan(site.spans.all.length)
})
