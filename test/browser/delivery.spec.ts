import { COLLECTOR } from '../support/site'
import { expect, isOrder, test } from '../support/test'

test('spans go by OTLP/HTTP as JSON, soon after an order ended, without cookies or referrer', async ({
  traced,
  site,
}) => {
  const page = await traced({ version: '2.1.0', environment: 'production' })
  await page.evaluate(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: as pages do
    document.cookie = 'session=s3cret'
  })
  await page.evaluate(() => window.tracing.order('submit', () => fetch('/api/orders')))
  await site.spans.find(isOrder('submit'), 'the order')
  const [request] = site.exports.all
  expect(request).toMatchObject({ method: 'POST', path: COLLECTOR })
  expect(request?.headers['content-type']).toBe('application/json')
  expect(site.requests.all.find(({ path }) => path === '/api/orders')?.headers.cookie).toContain('s3cret')
  expect(request?.headers.cookie).toBeUndefined()
  expect(request?.headers.referer).toBeUndefined()
  expect(request?.headers.traceparent).toBeUndefined()
  expect(site.spans.all[0]?.resource).toEqual({
    'service.name': 'internet-shop',
    'service.version': '2.1.0',
    'deployment.environment.name': 'production',
    'telemetry.sdk.name': 'ordertrace',
    'telemetry.sdk.language': 'webjs',
    'telemetry.sdk.version': '0.1.0',
  })
})

test('the way to the collector is not traced, even where the collector is listed as an API', async ({
  traced,
  site,
}) => {
  const page = await traced({ apis: ['/'] })
  await page.evaluate(() => window.tracing.order('submit', () => fetch('/api/orders')))
  await page.evaluate(
    (url) => window.tracing.order('own', () => fetch(url, { method: 'POST', body: '{"resourceSpans":[]}' })),
    COLLECTOR,
  )
  await site.spans.find(isOrder('own'), 'the last order')
  expect(site.spans.all.filter(({ name }) => name === 'GET')).toHaveLength(1)
  expect(site.spans.all.filter(({ name }) => name === 'POST')).toHaveLength(0)
})

test('the collector may stand on another origin', async ({ traced, site }) => {
  const page = await traced({ collector: `${site.other}${COLLECTOR}` })
  await page.evaluate(() => window.tracing.order('submit', () => fetch('/api/orders')))
  await site.spans.find(isOrder('submit'), 'the order')
  expect(site.exports.all.map(({ origin }) => origin)).toEqual([site.other])
})

test('an order that ends in the tick in which the page navigates arrives', async ({ traced, site }) => {
  const page = await traced({ userId: 'u-7' })
  site.page('/thanks', 'thanks')
  await page.evaluate(() => {
    void window.tracing
      .order('submit', async (order) => {
        const created = await (await fetch('/api/orders', { method: 'POST' })).json()
        order.setId(created.id)
      })
      .then(() => {
        location.href = '/thanks'
      })
  })
  await page.waitForURL('**/thanks')
  const order = await site.spans.find(isOrder('submit'), 'the order')
  const request = await site.spans.find(({ name }) => name === 'POST', 'the request')
  expect(order.attributes).toMatchObject({ 'order.outcome': 'confirmed', order_id: 'o-42', user_id: 'u-7' })
  expect(request.parentSpanId).toBe(order.spanId)
})

test('what is open when the page goes away arrives as interrupted, the order as abandoned', async ({
  traced,
  site,
}) => {
  site.on('/api/slow', () => {})
  const page = await traced({ userId: 'u-7' })
  await page.evaluate(() => {
    void window.tracing.order('submit', { id: 'o-1' }, (order) => order.step('pay', () => fetch('/api/slow')))
  })
  await site.requests.find(({ path }) => path === '/api/slow', 'the request at the server')
  await page.close({ runBeforeUnload: false })
  const order = await site.spans.find(isOrder('submit'), 'the order')
  const all = await site.spans.waitUntil(
    (spans) => spans.filter(({ traceId }) => traceId === order.traceId).length === 3,
    'all spans',
  )
  const ours = all.filter(({ traceId }) => traceId === order.traceId)
  expect(order.attributes).toMatchObject({ 'order.outcome': 'abandoned', 'order.reason': 'page-left' })
  for (const { attributes } of ours) {
    expect(attributes).toMatchObject({ 'ordertrace.interrupted': true, order_id: 'o-1', user_id: 'u-7' })
  }
})

test('a collector that is down is asked again, the page goes on, and everything arrives', async ({ traced, site }) => {
  let answers = 0
  site.collector.answer = () => (answers++ === 0 ? { status: 503 } : undefined)
  const page = await traced()
  const errors: Error[] = []
  page.on('pageerror', (error) => errors.push(error))
  const result = await page.evaluate(async () => {
    const answer = await window.tracing.order('submit', async () => (await fetch('/api/orders')).status)
    await window.tracing.flush()
    return { answer, waiting: window.tracing.diagnostics().spans.waiting }
  })
  expect(result.answer).toBe(200)
  expect(result.waiting).toBeGreaterThan(0)
  await site.spans.find(isOrder('submit'), 'the order', 20_000)
  await expect.poll(() => page.evaluate(() => window.tracing.diagnostics().spans.waiting)).toBe(0)
  expect(errors).toEqual([])
})

test('a collector that was down is asked again though the wait is over between two looks at the clock', async ({
  traced,
  site,
  page,
}) => {
  let answers = 0
  site.collector.answer = () => (answers++ === 0 ? { status: 503 } : undefined)
  await page.addInitScript(() => {
    const clock = performance.now.bind(performance)
    const later = window.setTimeout.bind(window)
    const state = { shift: 0, looks: [] as number[] }
    performance.now = () => {
      const [look] = state.looks.splice(0, 1)
      if (look !== undefined) state.shift = look - clock()
      return clock() + state.shift
    }
    // A wait for the collector is over at once; then the clock is a little before its end, as a timer may be, and at the next look a little after.
    const soon = (callback: () => void, ms = 0) => {
      if (ms < 500) return later(callback, ms)
      const end = performance.now() + ms
      return later(() => {
        state.looks = [end - 0.1, end + 0.1]
        callback()
      }, 20)
    }
    window.setTimeout = soon as typeof setTimeout
  })
  await traced()
  await page.evaluate(() => window.tracing.order('submit', () => {}))
  await expect.poll(() => answers).toBeGreaterThan(1)
  await expect.poll(() => page.evaluate(() => window.tracing.diagnostics().spans.waiting)).toBe(0)
})

for (const [kind, answer] of Object.entries({
  'a refusal (401)': { status: 401, headers: {} },
  'a login page behind a redirect': { status: 302, headers: { location: '/login' } },
})) {
  test(`${kind} ends sending for this page, says so once, and counts what was dropped`, async ({
    traced,
    site,
    page,
  }) => {
    const lines: string[] = []
    page.on('console', (message) => lines.push(message.text()))
    site.collector.answer = answer
    site.page('/login', 'log in')
    await traced({ debug: true })
    await page.evaluate(async () => {
      for (const step of ['submit', 'confirm', 'ship']) {
        await window.tracing.order(step, () => fetch('/api/orders'))
        await window.tracing.flush()
      }
    })
    const { spans } = await page.evaluate(() => window.tracing.diagnostics())
    expect(site.exports.all).toHaveLength(1)
    expect(lines.filter((line) => line.includes('the collector refused'))).toHaveLength(1)
    expect(spans.sent).toBe(0)
    expect(spans.waiting).toBe(0)
    expect(Object.values(spans.dropped).reduce((sum, count) => sum + count, 0)).toBe(spans.made)
  })
}

test('spans that the collector rejects are counted', async ({ traced, site, page }) => {
  site.collector.answer = { body: '{"partialSuccess":{"rejectedSpans":"2"}}' }
  await traced()
  await page.evaluate(async () => {
    await window.tracing.order('submit', () => fetch('/api/orders'))
    await window.tracing.flush()
  })
  const { spans } = await page.evaluate(() => window.tracing.diagnostics())
  expect(spans.dropped).toEqual({ 'rejected-by-collector': 2 })
  expect(spans.sent).toBe(spans.made - 2)
})

test('many spans go in several requests that fit the keepalive quota, none lost, none twice', async ({
  traced,
  site,
  page,
}) => {
  await traced({ sampleRatio: 0 })
  await page.evaluate(() =>
    window.tracing.order('submit', { id: 'o-1' }, async (order) => {
      for (let i = 0; i < 300; i++) order.step(`part-${i}`, () => {})
    }),
  )
  await page.evaluate(() => window.tracing.flush())
  const ids = site.spans.all.map(({ spanId }) => spanId)
  expect(ids).toHaveLength(301)
  expect(new Set(ids).size).toBe(301)
  expect(site.exports.all.length).toBeGreaterThan(1)
  for (const { headers } of site.exports.all) expect(Number(headers['content-length'])).toBeLessThanOrEqual(16 * 1024)
})

test('a refusal that may be one batch’s fault drops that batch alone; a second one in a row ends sending', async ({
  traced,
  site,
  page,
}) => {
  const statuses = [200, 400, 200, 413, 400, 200]
  site.collector.answer = () => ({ status: statuses.shift() ?? 500, body: '{}' })
  await traced({ sampleRatio: 0 })
  const states = await page.evaluate(async () => {
    const seen = []
    for (let i = 0; i < 6; i++) {
      await window.tracing.order('submit', () => {})
      await window.tracing.flush()
      seen.push({ ...window.tracing.diagnostics().spans })
    }
    return seen
  })
  expect(states.map(({ sent }) => sent)).toEqual([1, 1, 2, 2, 2, 2])
  expect(states[5]?.dropped).toEqual({ 'collector-refused-400': 3, 'collector-refused-413': 1 })
  expect(statuses).toEqual([200])
})

test('a page that is hidden again and again does not go round the circuit breaker', async ({ traced, site, page }) => {
  site.collector.answer = { status: 503, headers: { 'retry-after': '60' } }
  await traced()
  await page.evaluate(async () => {
    await window.tracing.order('submit', (order) => {
      for (let i = 0; i < 500; i++) order.step('part', () => {})
    })
    await window.tracing.flush()
  })
  expect(site.exports.all).toHaveLength(1)
  await page.evaluate(async () => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    for (let i = 0; i < 3; i++) document.dispatchEvent(new Event('visibilitychange'))
    await fetch('/api/marker')
  })
  expect(site.exports.all).toHaveLength(1)
  const { waiting, stored } = await page.evaluate(() => window.tracing.diagnostics().spans)
  expect(waiting + stored).toBeGreaterThanOrEqual(501)
})

test('the page keeps most of its keepalive quota while the collector hangs', async ({ traced, site, page }) => {
  site.collector.answer = 'hang'
  await traced()
  const page48k = await page.evaluate(async () => {
    await window.tracing.order('submit', (order) => {
      for (let i = 0; i < 200; i++) order.step(`part-${i}`, () => {})
    })
    void window.tracing.flush()
    const body = 'x'.repeat(45 * 1024)
    // Chromium counts a keepalive request until its answer has been read.
    const own = await fetch('/api/own', { method: 'POST', body, keepalive: true })
    await own.text()
    return [own.status, navigator.sendBeacon('/api/beacon', body)]
  })
  expect(page48k).toEqual([200, true])
})

test('stop() tries once more although the collector was down, and nothing is recorded after it', async ({
  traced,
  site,
  page,
}) => {
  let answers = 0
  site.collector.answer = () => (answers++ === 0 ? { status: 503, headers: { 'retry-after': '60' } } : undefined)
  await traced()
  const spans = await page.evaluate(async () => {
    await window.tracing.order('submit', () => {})
    await window.tracing.flush()
    await window.tracing.stop()
    window.tracing.tracer.startSpan('after-stop').end()
    await window.tracing.order('late', () => {})
    await window.tracing.flush()
    return window.tracing.diagnostics().spans
  })
  const names = site.spans.all.map(({ name }) => name)
  expect(names).toContain('order.submit')
  expect(names.join()).not.toMatch(/after-stop|order\.late/)
  expect(spans.waiting).toBe(0)
})

test('a request made while the page goes away has no header, for its span could not be sent any more', async ({
  traced,
  site,
}) => {
  const page = await traced()
  site.page('/thanks', 'thanks')
  await page.evaluate(() => {
    addEventListener('pagehide', () => void fetch('/api/leaving', { keepalive: true }))
    // Not waited for: the page may be gone before it could say that it is done.
    void fetch('/api/before').then(() => {
      location.href = '/thanks'
    })
  })
  // Chromium may hang when it is closed while a page that goes away writes to its storage, with and without us.
  await page.waitForURL('**/thanks')
  const leaving = await site.requests.find(({ path }) => path === '/api/leaving', 'the last request')
  expect(leaving.headers.traceparent).toBeUndefined()
  expect(site.requests.all.find(({ path }) => path === '/api/before')?.headers.traceparent).toBeDefined()
})
