import { createTraceStore } from '../../demo/trace-store/create-trace-store'
import { drawWaterfall } from '../../src/traces/waterfall'
import { exportRequest, type SpanSpec } from '../demo/support/otlp-spans'
import { startAnswering } from '../support/answering-server'
import { expect, messageOf, test } from '../support/traces-test'

test.beforeEach(({ site }) => {
  const script =
    '<script src="/ordertrace.min.js" data-service="shop" data-apis="/api/" data-baggage="/api/" data-user-id="u-7">'
  site.page('/', `<title>shop</title>${script}</script>`)
})

test('toCarryTraceparent and toCarryBaggage hold the request against the order', async ({ page, site, traces }) => {
  await page.goto(site.origin)
  const sent = page.evaluate(async () => {
    await window.ordertrace.order('submit', { id: 'o-1' }, () => fetch('/api/orders', { method: 'POST' }))
    await window.ordertrace.order('submit', { id: 'o-2' }, () => fetch('/api/orders?again', { method: 'POST' }))
    await window.ordertrace.order('load', { id: 'o-3' }, () => fetch('/elsewhere'))
  })
  const orders = traces.request('POST', '/orders')
  await expect(orders).toCarryTraceparent()
  for (const id of ['o-1', 'o-2']) {
    await expect(orders).toCarryTraceparent({ of: traces.order(id) })
    await expect(orders).toCarryBaggage({ order_id: id, user_id: /^u-\d$/ })
  }
  await sent
  await expect(traces.request('GET', '/elsewhere')).not.toCarryTraceparent()
  await expect(orders).not.toCarryTraceparent({ of: traces.order('o-3') })
  await expect(orders).not.toCarryBaggage({ order_id: 'o-3' })
  expect(orders.all().map(({ status, type }) => [status, type])).toEqual([
    [200, 'fetch'],
    [200, 'fetch'],
  ])

  const patience = { timeout: 10 }
  const wrong = await messageOf(
    expect(traces.request('GET', '/elsewhere')).toCarryTraceparent({ of: traces.order('o-3'), ...patience }),
  )
  expect(wrong).toContain(`GET ${site.origin}/elsewhere carried no traceparent`)
  expect(wrong).toContain('order.load')
  const other = await messageOf(expect(orders).toCarryTraceparent({ of: traces.order('o-3'), ...patience }))
  expect(other).toMatch(/POST http:\S+\/api\/orders is in trace [\da-f]{32}; the order is in [\da-f]{32}\n/)
  const none = await messageOf(expect(traces.request('PUT', '/orders')).toCarryTraceparent(patience))
  expect(none).toContain(`There was no PUT /orders. The pages sent:`)
  expect(none).toContain(`  POST ${site.origin}/api/orders?again`)
  const baggage = await messageOf(expect(orders).toCarryBaggage({ order_id: 'o-9' }, patience))
  expect(baggage).toContain('carried baggage without order_id=o-9: order_id=o-1,user_id=u-7')
})

test('baggage and tracestate are looked at for personal data as well', async ({ page, site, traces }) => {
  await page.goto(site.origin)
  await page.evaluate(() => {
    const headers = { baggage: 'who=anna%40shop.example', tracestate: 'shop=anna@shop.example' }
    return window.ordertrace.order('submit', { id: 'o-1' }, () => fetch('/elsewhere', { headers }).then(() => {}))
  })
  const message = await messageOf(expect(traces).toHaveNoPersonalData())
  for (const name of ['baggage', 'tracestate'])
    expect(message).toContain(`an e-mail address in ${name} of GET ${site.origin}/elsewhere`)
})

test('what a page sends in the tick in which it leaves is a request too', async ({ page, site, traces }) => {
  site.page('/next', '<title>next</title>')
  await page.goto(site.origin)
  const loaded = page.waitForURL('**/next')
  await page.evaluate(() => {
    void window.ordertrace.order('leave', { id: 'o-1' }, () => {
      void fetch('/api/leave', { method: 'POST', keepalive: true })
      location.href = '/next'
    })
  })
  await loaded
  await expect(traces.request('POST', '/api/leave')).toCarryTraceparent({ of: traces.order('o-1') })
})

for (const [what, status, headers] of [
  ['no handler for OPTIONS', 405, { 'access-control-allow-origin': '*' }],
  ['no Access-Control-Allow-Origin', 404, {}],
] as const) {
  test(`a request that the browser does not send, since the API has ${what}, carried nothing`, async ({
    page,
    site,
    traces,
  }) => {
    const api = await startAnswering((_, response, { method }) => {
      response.writeHead(method === 'OPTIONS' ? status : 200, headers).end('{}')
    })
    const script = `<script src="/ordertrace.min.js" data-service="shop" data-apis="${api.url}"></script>`
    site.page('/', `<title>shop</title>${script}`)
    await page.goto(site.origin)
    await page.evaluate(
      (url) => window.ordertrace.order('submit', { id: 'o-1' }, () => fetch(url)).catch(() => {}),
      `${api.url}/orders`,
    )
    const orders = traces.request('GET', '/orders')
    await expect.poll(() => orders.all()[0]?.failure).toBe('net::ERR_FAILED')
    expect(orders.all()[0]?.headers.traceparent).toBeDefined()
    const patience = { timeout: 10 }
    const messages = [
      await messageOf(expect(orders).toCarryTraceparent(patience)),
      await messageOf(expect(orders).toCarryTraceparent({ of: traces.order('o-1'), ...patience })),
      await messageOf(expect(orders).toCarryBaggage({ order_id: 'o-1' }, patience)),
    ]
    for (const message of messages) expect(message).toContain('did not reach the server: net::ERR_FAILED')
    await expect(orders).not.toCarryTraceparent()
    await api.stop()
  })
}

test('a request on its way is waited for: the API may yet refuse it', async ({ page, site, traces }) => {
  let answer = () => {}
  site.on('/api/slow', async (_, response) => {
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    response.end('{}')
  })
  await page.goto(site.origin)
  await page.evaluate(() => void window.ordertrace.order('submit', { id: 'o-1' }, () => fetch('/api/slow')))
  const slow = traces.request('GET', '/api/slow')
  await expect.poll(() => slow.all().length).toBe(1)
  const brief = { timeout: 10 }
  expect(await messageOf(expect(slow).toCarryTraceparent(brief))).toContain('has no answer yet')
  expect(await messageOf(expect(slow).not.toCarryTraceparent(brief))).toContain('has no answer yet')
  const waiting = expect(slow).toCarryTraceparent()
  answer()
  await waiting
})

test('fromJaeger joins what the back end said, as it comes, and asks for trace ids of requests', async ({
  page,
  site,
  traces,
}) => {
  const jaeger = await createTraceStore()
  const tell = (...spans: SpanSpec[]) =>
    fetch(`${jaeger.url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(exportRequest(...spans)),
    })
  site.on('/api/orders', async (request, response) => {
    const [, trace = '', parent = ''] = String(request.headers.traceparent).split('-')
    response.end('{}')
    // The back end's exporter is slower than the answer.
    await tell({ id: '1', trace, parent, service: 'shop-api', name: 'POST /api/orders', kind: 2, attributes: ids })
    const attributes = { ...ids, 'db.system.name': 'postgresql' }
    await tell({ id: '2', trace, parent: '1', service: 'shop-api', name: 'INSERT', kind: 3, attributes })
  })
  const ids = { order_id: 'o-42', user_id: 'u-7' }
  await page.goto(site.origin)
  await page.evaluate(async () => {
    await window.ordertrace.order('submit', { id: 'o-42' }, () => fetch('/api/orders', { method: 'POST' }))
  })
  // This one sends as soon as it answers.
  const joined = traces.fromJaeger(jaeger.url, { batchMs: 0 })
  await expect(joined).toHaveEdge('shop', 'shop-api')
  await expect(joined).toHaveEdge('shop-api', 'postgresql')
  await expect(joined.order('o-42')).toBeUnbroken()
  expect((await joined.waitForSpan({ name: 'INSERT' })).service).toBe('shop-api')
  const message = await messageOf(expect(joined).toHaveEdge('shop-api', 'rabbitmq', { timeout: 10 }))
  expect(message).toContain('shop-api → postgresql')
  expect(message).toContain(`Jaeger at ${jaeger.url} has 2 spans of 1 of these traces.`)
  expect(message).toContain('└─ shop-api: INSERT')
  await jaeger.stop()
  expect(await messageOf(expect(joined).toHaveEdge('a', 'b', { timeout: 10 }))).toContain(jaeger.url)
  expect(() => traces.fromJaeger('jaeger')).toThrow('"jaeger" is no address of a Jaeger')
})

test('the picture of the report is one that a browser shows', async ({ page, site, traces }) => {
  await page.goto(site.origin)
  await page.evaluate(() =>
    window.ordertrace
      .order('submit', { id: 'o-1<&>"', attributes: { odd: '\u0000\ud800\uffff' } }, (order) =>
        order.step('<b>', () => fetch('/api/orders?fail=500')),
      )
      .then(() => {}),
  )
  await expect(traces).toHaveOrder('o-1<&>"')
  const picture = drawWaterfall(traces.spans())
  const size = await page.evaluate(async (svg) => {
    const image = new Image()
    image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
    await image.decode()
    return [image.naturalWidth, image.naturalHeight]
  }, picture)
  expect(size[0]).toBe(1200)
  expect(size[1]).toBeGreaterThan(100)
  expect(picture).toContain('order_id=o-1&lt;&amp;&gt;&quot;')
})
