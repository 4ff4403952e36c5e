import { readFile } from 'node:fs/promises'
import { root } from '../support/bundle'
import { expect, test } from '../support/traces-test'

const STUB = '<script src="/stub.js"></script>'

test('the data attributes are the options', async ({ page, site, traces }) => {
  site.page(
    '/tag',
    `<script src="/ordertrace.min.js" data-service="crm" data-collector="${site.other}/v1/traces"
       data-apis="/api/, ${site.other}" data-baggage="/api/" data-user-id="u-7" data-sample-ratio="0"
       data-version="3.2" data-environment="staging" data-debug></script>`,
  )
  await page.goto(`${site.origin}/tag`)
  await page.evaluate(
    (other) =>
      window.ordertrace.order('submit', { id: 'o-1' }, () => Promise.all([fetch('/api/a'), fetch(`${other}/api/b`)])),
    site.other,
  )
  const order = await traces.waitForSpan({ name: 'order.submit' })
  expect(order.resource).toMatchObject({
    'service.name': 'crm',
    'service.version': '3.2',
    'deployment.environment.name': 'staging',
  })
  expect(traces.deliveries.map(({ url }) => new URL(url).origin)).toEqual([site.other])
  expect(traces.spans().some(({ name }) => name === 'documentLoad')).toBe(false)
  const [a, b] = ['/api/a', '/api/b'].map((path) =>
    site.requests.all.find((r) => r.path === path && r.method === 'GET'),
  )
  expect(a?.headers).toMatchObject({ traceparent: expect.any(String), baggage: 'order_id=o-1,user_id=u-7' })
  expect(b?.headers.traceparent).toBeDefined()
  expect(b?.headers.baggage).toBeUndefined()
})

test('wrong data attributes give one message, and the page’s orders run', async ({ page, site }) => {
  const lines: string[] = []
  page.on('console', (message) => lines.push(message.text()))
  site.page('/tag', `${STUB}<script src="/ordertrace.min.js" data-service="crm" data-apis="*.shop.example"></script>`)
  await page.goto(`${site.origin}/tag`)
  expect(await page.evaluate(() => window.ordertrace.order('submit', () => 'done'))).toBe('done')
  expect(lines).toEqual([expect.stringMatching(/apis.*"\*\.shop\.example".*Tracing is off/)])
})

test('without data-service the page starts tracing itself', async ({ page, site, traces }) => {
  site.page('/tag', '<script src="/ordertrace.min.js"></script>')
  await page.goto(`${site.origin}/tag`)
  await page.evaluate(() => {
    window.ordertrace.startTracing({ service: 'crm', apis: ['/api/'] })
    return window.ordertrace.order('submit', () => fetch('/api/orders'))
  })
  expect((await traces.waitForSpan({ name: 'order.submit' })).service).toBe('crm')
})

test('the stub keeps what was said before the file arrived: user, orders, ids, outcomes and their times', async ({
  page,
  site,
  traces,
}) => {
  let release = () => {}
  const arrived = new Promise<void>((resolve) => {
    release = resolve
  })
  site.on('/late.js', async (_request, response) => {
    await arrived
    response
      .writeHead(200, { 'content-type': 'text/javascript' })
      .end(await readFile(new URL('dist/ordertrace.min.js', root)))
  })
  site.page('/tag', `${STUB}<script async src="/late.js" data-service="mes-ui" data-apis="/api/"></script>`)
  await page.goto(`${site.origin}/tag`, { waitUntil: 'commit' })
  await page.waitForFunction(() => 'ordertrace' in window)

  const early = await page.evaluate(async () => {
    const { ordertrace } = window
    ordertrace.setUser('u-7')
    const result = await ordertrace.order('submit', async (order) => {
      const created = await order.run(() => fetch('/api/orders').then((response) => response.json()))
      order.setId(created.id)
      order.setAttributes({ kind: 'ring' })
      return created
    })
    const failed = await ordertrace
      .order('confirm', { id: 'o-2' }, () => Promise.reject(new RangeError('no')))
      .catch((error) => error.name)
    const open = ordertrace.startOrder('ship', { id: 'o-3' })
    Object.assign(window, { open, endedAt: Date.now() })
    return { result, failed }
  })
  expect(early).toEqual({ result: { id: 'o-42' }, failed: 'RangeError' })
  release()
  await page.waitForFunction(() => typeof window.ordertrace.diagnostics === 'function')
  await page.evaluate(async () => {
    const { open } = window as unknown as { open: import('../../src').Order }
    await open.run(() => fetch('/api/ship'))
    open.succeed()
  })

  const ship = await traces.waitForSpan({ name: 'order.ship' })
  const submit = await traces.waitForSpan({ name: 'order.submit' })
  const confirm = await traces.waitForSpan({ name: 'order.confirm' })
  expect(submit.attributes).toMatchObject({
    order_id: 'o-42',
    user_id: 'u-7',
    kind: 'ring',
    'order.outcome': 'confirmed',
  })
  expect(confirm.attributes).toMatchObject({
    order_id: 'o-2',
    user_id: 'u-7',
    'order.outcome': 'failed',
    'error.type': 'RangeError',
  })
  expect(ship.attributes).toMatchObject({ order_id: 'o-3', user_id: 'u-7', 'order.outcome': 'confirmed' })
  const endedAt = await page.evaluate(() => (window as unknown as { endedAt: number }).endedAt)
  expect(Number(submit.endTime / 1_000_000n)).toBeLessThanOrEqual(endedAt)
  const request = traces.spans({ parentSpanId: ship.spanId })[0]
  expect(site.requests.all.find(({ path }) => path === '/api/ship')?.headers.traceparent).toBe(
    `00-${ship.traceId}-${request?.spanId}-01`,
  )
})

test('where the file never arrives, the stub runs the page’s orders all the same', async ({ page, site }) => {
  site.page('/tag', `${STUB}<script async src="/blocked.js" data-service="mes-ui"></script>`)
  await page.goto(`${site.origin}/tag`)
  const result = await page.evaluate(async () => {
    const order = window.ordertrace.startOrder('ship')
    return [
      await window.ordertrace.order('submit', async () => 'done'),
      await window.ordertrace.order('submit', { id: 'o-1' }, (inner) => inner.step('pay', () => 'paid')),
      order.run(() => 'ran'),
      order.headers(),
    ]
  })
  expect(result).toEqual(['done', 'paid', 'ran', {}])
})

test('the stub of the README is the one that is built', async () => {
  const [readme, stub] = await Promise.all(
    ['README.md', 'dist/stub.js'].map((path) => readFile(new URL(path, root), 'utf8')),
  )
  expect(readme).toContain(`<script>${String(stub).split('\n')[0]}</script>`)
})
