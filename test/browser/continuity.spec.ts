import { expect, test } from '../support/traces-test'

/** Ways to write an operation whose last request comes late; each in a browser that runs native async functions. */
const WAYS: Record<string, (call: (path: string) => Promise<unknown>) => Promise<unknown>> = {
  'at once': (call) => call('/api/last'),
  'after await Promise.resolve()': async (call) => {
    await Promise.resolve()
    await call('/api/last')
  },
  'after five of them': async (call) => {
    for (let i = 0; i < 5; i++) await Promise.resolve()
    await call('/api/last')
  },
  'after a request and its body': async (call) => {
    const response = (await call('/api/first')) as { text?(): Promise<string> }
    await response.text?.()
    await call('/api/last')
  },
  'after a timer': async (call) => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    await call('/api/last')
  },
  'after Promise.all': async (call) => {
    await Promise.all([call('/api/a'), call('/api/b')])
    await call('/api/last')
  },
  'in a then chain': (call) => call('/api/first').then(() => call('/api/last')),
  'in an async generator': async (call) => {
    async function* pages() {
      yield await call('/api/page-1')
      yield await call('/api/last')
    }
    for await (const _page of pages()) await Promise.resolve()
  },
}

const TRANSPORTS = {
  fetch: '(path) => fetch(path)',
  axios: '(path) => axios.get(path)',
}

for (const [transport, call] of Object.entries(TRANSPORTS)) {
  for (const [name, way] of Object.entries(WAYS)) {
    test(`${transport} ${name}: with three operations at once, every request is in its own operation's trace`, async ({
      traced,
      site,
      traces,
    }) => {
      const page = await traced({ sampleRatio: 0 })
      await page.evaluate(`Promise.all(['one', 'two', 'three'].map((step) =>
        tracing.order(step, () => (${way})((path) => (${call})(path + '?of=' + step)))))`)
      await page.evaluate(() => window.tracing.flush())
      const orders = ['one', 'two', 'three'].map((step) => traces.spans({ name: `order.${step}` })[0])
      const requests = site.requests.all.filter(({ path }) => path.startsWith('/api/'))
      expect(requests.filter(({ path }) => path.startsWith('/api/last'))).toHaveLength(3)
      for (const { path, headers } of requests) {
        const order = orders.find((candidate) => path.endsWith(`=${candidate?.attributes['order.step']}`))
        const span = traces.spans().find(({ spanId }) => headers.traceparent === `00-${order?.traceId}-${spanId}-01`)
        expect(span?.parentSpanId, `${path} carried ${headers.traceparent}`).toBe(order?.spanId)
      }
    })
  }
}

test('what an operation did not make does not join it: a poll before, a click meanwhile, a request after its end', async ({
  traced,
  site,
  traces,
}) => {
  site.on('/api/slow', (_request, response) => void setTimeout(() => response.end('{}'), 300))
  const page = await traced()
  await page.evaluate(async () => {
    let polls = 0
    const poll = (): Promise<unknown> => fetch('/api/poll').then(() => (polls++ < 20 ? poll() : undefined))
    const polling = poll()
    const button = document.body.appendChild(document.createElement('button'))
    const clicked = new Promise((resolve) => button.addEventListener('click', () => resolve(fetch('/api/click'))))
    let late = () => {}
    const order = window.tracing.order('submit', async () => {
      const slow = fetch('/api/slow')
      late = () => void fetch('/api/late')
      await slow
      await fetch('/api/second')
    })
    setTimeout(() => button.click(), 50)
    await Promise.all([polling, clicked, order])
    late()
    await fetch('/api/after')
    await window.tracing.flush()
  })
  const order = await traces.waitForSpan({ name: 'order.submit' })
  await site.requests.find(({ path }) => path === '/api/late', 'the late request')
  const joined = site.requests.all.filter(({ headers }) => String(headers.traceparent).includes(order.traceId))
  expect(joined.map(({ path }) => path)).toEqual(['/api/slow', '/api/second'])
  const others = site.requests.all.filter(({ path }) =>
    ['/api/poll', '/api/click', '/api/late', '/api/after'].includes(path),
  )
  expect(others.length).toBeGreaterThanOrEqual(4)
  for (const { headers } of others) expect(headers.traceparent).toMatch(/-01$/)
})

test('steps nest, and a request belongs to the step that made it', async ({ traced, traces }) => {
  const page = await traced()
  const result = await page.evaluate(() =>
    window.tracing.order('submit', async (order) => {
      const [a, b] = await Promise.all([
        order.step('upload', async () => {
          await fetch('/api/upload')
          return order.step('check', async () => (await fetch('/api/check')).status)
        }),
        order.step('price', async () => {
          await Promise.resolve()
          return (await fetch('/api/price')).status
        }),
      ])
      const plain = order.step('sync', () => 7)
      const failed = await order
        .step('pay', () => Promise.reject(new RangeError('declined')))
        .catch((error: Error) => error.name)
      return [a, b, plain, failed]
    }),
  )
  expect(result).toEqual([200, 200, 7, 'RangeError'])
  await traces.waitForSpan({ name: 'order.submit' })
  const named = (name: string) => traces.spans({ name })[0]
  const parentOf = (path: string) => {
    const request = traces.spans().find(({ attributes }) => String(attributes['url.full']).endsWith(path))
    return traces.spans().find(({ spanId }) => spanId === request?.parentSpanId)?.name
  }
  expect(['/api/upload', '/api/check', '/api/price'].map(parentOf)).toEqual([
    'order.submit.upload',
    'order.submit.check',
    'order.submit.price',
  ])
  expect(named('order.submit.check')?.parentSpanId).toBe(named('order.submit.upload')?.spanId)
  expect(named('order.submit.pay')).toMatchObject({ status: { code: 'error', message: 'declined' } })
  expect(named('order.submit.sync')?.parentSpanId).toBe(named('order.submit')?.spanId)
})

test('the handle carries the operation where no function spans it', async ({ traced, site, traces }) => {
  const page = await traced({ userId: 'u-7' })
  const { traceId, headers } = await page.evaluate(async () => {
    const order = window.tracing.startOrder('submit', { id: 'o-1', attributes: { channel: 'web' } })
    await new Promise((resolve) => setTimeout(resolve, 10))
    await order.run(() => fetch('/api/a'))
    order.setAttributes({ pieces: 2, wrong: {} as never })
    const headers = [order.headers(), order.headers({ baggage: true })]
    order.succeed()
    return { traceId: order.traceId, headers }
  })
  const order = await traces.waitForSpan({ name: 'order.submit' })
  expect(order.traceId).toBe(traceId)
  expect(order.attributes).toMatchObject({ channel: 'web', pieces: 2, order_id: 'o-1', user_id: 'u-7' })
  expect(order.attributes).not.toHaveProperty('wrong')
  const traceparent = `00-${traceId}-${order.spanId}-01`
  expect(headers).toEqual([{ traceparent }, { traceparent, baggage: 'order_id=o-1,user_id=u-7' }])
  const request = site.requests.all.find(({ path }) => path === '/api/a')
  expect(request?.headers.traceparent).toContain(traceId)
})

test('a plain OpenTelemetry tracer takes part: its spans are children of the operation, and parents of requests', async ({
  traced,
  traces,
}) => {
  const page = await traced()
  await page.evaluate(() =>
    window.tracing.order('submit', () =>
      window.tracing.tracer.startActiveSpan('price', async (span) => {
        await fetch('/api/price')
        span.end()
      }),
    ),
  )
  const order = await traces.waitForSpan({ name: 'order.submit' })
  const price = await traces.waitForSpan({ name: 'price' })
  const request = await traces.waitForSpan({ name: 'GET' })
  expect([price.parentSpanId, request.parentSpanId]).toEqual([order.spanId, price.spanId])
})

test('registerGlobally serves @opentelemetry/api; another SDK that was there first stays, and that is said', async ({
  page,
  site,
  traces,
}) => {
  const lines: string[] = []
  page.on('console', (message) => lines.push(message.text()))
  await page.goto(site.origin)
  const result = await page.evaluate(async () => {
    const { otel, startTracing } = window
    const ours = startTracing({ service: 'crm', registerGlobally: true })
    const active = await ours.order('submit', async () => otel.trace.getActiveSpan()?.spanContext().traceId)
    otel.trace.getTracer('page').startSpan('of-the-page').end()
    await ours.stop()
    const theirs = { getTracer: () => otel.trace.getTracer('x') }
    otel.trace.setGlobalTracerProvider(theirs as never)
    await startTracing({ service: 'crm', registerGlobally: true }).stop()
    return active
  })
  expect((await traces.waitForSpan({ name: 'order.submit' })).traceId).toBe(result)
  await traces.waitForSpan({ name: 'of-the-page' })
  expect(lines).toEqual([expect.stringContaining('another OpenTelemetry SDK is registered')])
})
