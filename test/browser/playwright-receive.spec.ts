import type { Page } from '@playwright/test'
import { expect, messageOf, plainOpenTelemetry, plainProtobuf, test } from '../support/traces-test'

declare global {
  interface Window {
    startPlain(
      url: string,
      encoding?: string,
    ): {
      provider: { forceFlush(): Promise<void> }
      tracer: import('@opentelemetry/api').Tracer
    }
    fetchLater(url: string, options: object): { readonly activated: boolean }
  }
}

const TRACED = '<title>shop</title><script src="/ordertrace.min.js" data-service="shop" data-apis="/api/"></script>'
/** A request with one span of this name, as a page's SDK would write it. */
const request = (name: string, traceId = 'a'.repeat(32)) => ({
  resourceSpans: [{ scopeSpans: [{ spans: [{ traceId, spanId: 'b'.repeat(16), name, kind: 1 }] }] }],
})
const submit = (page: Page, id: string) =>
  page.evaluate(
    (id) => window.ordertrace.order('submit', { id }, () => fetch('/api/orders', { method: 'POST' }).then(() => {})),
    id,
  )

test('an order is received, and the page’s own collector hears nothing of it', async ({ page, site, traces }) => {
  site.page('/', TRACED)
  await page.goto(site.origin)
  await submit(page, 'o-42')
  await expect(traces).toHaveOrder('o-42', { step: 'submit', outcome: 'confirmed' })
  await expect(traces.request('POST', '/orders')).toCarryTraceparent({ of: traces.order('o-42') })
  await expect(traces).toBeUnbroken()
  await expect(traces).toHaveNoPersonalData()
  expect(site.exports.all).toEqual([])
  expect(site.requests.all.map(({ path }) => path)).toContain('/api/orders')
})

const LEAVE: Record<string, (page: Page, origin: string) => Promise<unknown>> = {
  'a navigation': (page, origin) => page.goto(`${origin}/next`),
  'a navigation to another origin': (page, origin) => page.goto(`${origin.replace('127.0.0.1', 'localhost')}/next`),
  'a reload': (page) => page.reload(),
  'the tab being closed': (page) => page.close(),
}
for (const [name, leave] of Object.entries(LEAVE)) {
  test(`what leaves on ${name} is received: keepalive, beacons, text or bytes, to any origin`, async ({
    page,
    site,
    traces,
  }) => {
    for (const path of ['/', '/next']) site.page(path, '<title>plain</title>')
    await page.goto(site.origin)
    const nobody = 'http://127.0.0.1:9/v1/traces'
    const sent = ['keepalive', 'keepalive elsewhere', 'beacon of text', 'beacon of bytes', 'fetchLater']
    await page.evaluate(
      ([bodies, nobody]) => {
        const [first = '', second = '', text = '', bytes = '', later = ''] = bodies.map((body) => JSON.stringify(body))
        const json = { 'content-type': 'application/json' }
        window.fetchLater('/v1/traces', { method: 'POST', headers: json, body: later })
        addEventListener('pagehide', () => {
          fetch('/v1/traces', { method: 'POST', keepalive: true, headers: json, body: first })
          fetch(nobody, { method: 'POST', keepalive: true, headers: json, body: second })
          navigator.sendBeacon('/v1/traces', text)
          navigator.sendBeacon('/v1/traces', new Blob([new TextEncoder().encode(bytes)], { type: 'application/json' }))
        })
      },
      [sent.map((name) => request(name)), nobody] as const,
    )
    await leave(page, site.origin)
    for (const name of sent) await expect(traces).toHaveSpan({ name })
    expect(traces.deliveries).toHaveLength(sent.length)
    expect(site.exports.all).toEqual([])
  })
}

test('what the browser sends for a renderer that crashed is received', async ({ page, site, context, traces }) => {
  await page.goto(site.origin)
  await page.evaluate((body) => {
    const headers = { 'content-type': 'application/json' }
    window.fetchLater('/v1/traces', { method: 'POST', headers, body: JSON.stringify(body) })
  }, request('after the crash'))
  const session = await context.newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  session.send('Page.crash').catch(() => {})
  await crashed
  await expect(traces).toHaveSpan({ name: 'after the crash' })
})

test('what workers, service workers, frames, popups and other contexts send is received', async ({
  page,
  site,
  browser,
  traces,
}) => {
  const send = (name: string) =>
    `fetch('/v1/traces', { method: 'POST', body: ${JSON.stringify(JSON.stringify(request(name)))} })`
  const script = (path: string, text: string) =>
    site.on(path, (_, response) => void response.writeHead(200, { 'content-type': 'text/javascript' }).end(text))
  script('/worker.js', send('worker'))
  script('/service-worker.js', `addEventListener('message', () => ${send('service worker')})`)
  site.page('/frame', `<script>${send('frame')}</script>`)
  site.page('/popup', `<script>${send('popup')}</script>`)
  site.page('/other', `<script>${send('another context')}</script>`)
  await page.goto(site.origin)
  await page.evaluate(async () => {
    new Worker('/worker.js')
    document.body.appendChild(Object.assign(document.createElement('iframe'), { src: '/frame' }))
    open('/popup')
    await navigator.serviceWorker.register('/service-worker.js')
    ;(await navigator.serviceWorker.ready).active?.postMessage('go')
  })
  const other = await browser.newContext()
  await (await other.newPage()).goto(`${site.origin}/other`)
  for (const name of ['worker', 'service worker', 'frame', 'popup', 'another context']) {
    await expect(traces).toHaveSpan({ name })
  }
  await other.close()
})

test('the HTTP cache and the headers of the page’s requests are what they are without us', async ({ page, site }) => {
  let asked = 0
  site.on('/cached.js', (_, response) => {
    asked++
    response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'max-age=600' }).end('1')
  })
  site.page('/', '<title>shop</title><script src="/cached.js"></script>')
  await page.goto(site.origin)
  await page.goto(`${site.origin}/?again`)
  await page.evaluate(() => fetch('/api/seen'))
  expect(asked).toBe(1)
  const seen = await site.requests.find(({ path }) => path === '/api/seen', 'the request')
  const plainly = await test.step('the same from a context that nobody looks at', async () => {
    const { chromium } = await import('@playwright/test')
    const { executablePath, args } = test.info().project.use.launchOptions ?? {}
    const browser = await chromium.launch({ ...(executablePath && { executablePath }), ...(args && { args }) })
    const plain = await browser.newPage()
    await plain.goto(`${site.origin}/?again`)
    await plain.evaluate(() => fetch('/api/plain'))
    await browser.close()
    return site.requests.find(({ path }) => path === '/api/plain', 'the request')
  })
  expect(seen.rawHeaders).toEqual(plainly.rawHeaders)
})

test('a page traced by plain OpenTelemetry is received as well', async ({ page, site, traces }) => {
  const script = await plainOpenTelemetry()
  site.on('/plain.js', (_, response) => void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script))
  site.page('/', '<title>shop</title><script src="/plain.js"></script>')
  await page.goto(site.origin)
  await page.evaluate(async () => {
    const { provider, tracer } = window.startPlain('/v1/traces')
    tracer.startSpan('checkout', { attributes: { order_id: 'o-7' } }).end()
    await fetch('/api/orders', { method: 'POST' })
    // It ends the span of a request 300 ms after the answer.
    await new Promise((resolve) => setTimeout(resolve, 400))
    await provider.forceFlush()
  })
  await expect(traces).toHaveSpan({ name: 'checkout', service: 'internet-shop', orderId: 'o-7' })
  const call = await traces.waitForSpan({ kind: 'client', attributes: { 'http.request.method': 'POST' } })
  await expect(traces.request('POST', '/api/orders')).toCarryTraceparent({ of: { traceIds: () => [call.traceId] } })
})

for (const encoding of [undefined, 'gzip', 'deflate']) {
  test(`protobuf is read as JSON is: ${encoding ?? 'plain'}`, async ({ page, site, traces }) => {
    const script = await plainProtobuf()
    site.on(
      '/plain.js',
      (_, response) => void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script),
    )
    site.page('/', '<title>shop</title><script src="/plain.js"></script>')
    await page.goto(site.origin)
    await page.evaluate((encoding) => {
      const { tracer } = window.startPlain('/v1/traces', encoding)
      tracer.startSpan('checkout', { attributes: { price: 12.5 } }).end()
    }, encoding)
    await expect(traces).toHaveSpan({ name: 'checkout', service: 'plain-shop', attributes: { price: 12.5 } })
    const { headers } = traces.deliveries[0] ?? {}
    expect([headers?.['content-type'], headers?.['content-encoding']]).toEqual(['application/x-protobuf', encoding])
  })
}

test('what ordertrace sends with gzip is unpacked, and a bomb is refused', async ({ page, site, traces }) => {
  site.page('/', TRACED)
  await page.goto(site.origin)
  await submit(page, 'o-42')
  await expect(traces).toHaveOrder('o-42')
  expect(traces.deliveries[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'content-encoding': 'gzip',
  })
  const status = await page.evaluate(async () => {
    const zeros = new Blob([new Uint8Array(21 * 1024 * 1024)]).stream()
    const body = await new Response(zeros.pipeThrough(new CompressionStream('gzip'))).blob()
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    return (await fetch('/v1/traces', { method: 'POST', headers, body })).status
  })
  expect(status).toBe(413)
})

test('a body that cannot be read is said in the message, and the page hears of it as from a collector', async ({
  page,
  site,
  traces,
}) => {
  await page.goto(site.origin)
  const status = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch('/v1/traces', { method: 'POST', headers, body: '{' })).status
  })
  expect(status).toBe(400)
  const message = await messageOf(expect(traces).toHaveSpan({ name: 'x' }, { timeout: 1 }))
  expect(message).toContain('A request could not be read: the body is not valid JSON')
})

test.describe('one test after the other', () => {
  test.describe.configure({ mode: 'serial' })
  for (const turn of ['first', 'second', 'third']) {
    test(`has its own spans alone, also those of pages that it left open: ${turn}`, async ({ page, site, traces }) => {
      await page.goto(site.origin)
      await page.evaluate((body) => {
        const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
        void fetch('/v1/traces', options)
        window.fetchLater('/v1/traces', options)
        addEventListener('pagehide', () => fetch('/v1/traces', { ...options, keepalive: true }))
      }, request(turn))
      await expect(traces).toHaveSpan({ name: turn })
      expect(new Set(traces.spans().map(({ name }) => name))).toEqual(new Set([turn]))
    })
  }
})
