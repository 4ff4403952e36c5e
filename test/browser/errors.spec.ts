import { expect, test } from '../support/traces-test'

const ERROR = 'error'

test.beforeEach(({ site }) => {
  site.on('/api/refuse', (_request, response) => void response.writeHead(422).end('{}'))
  site.on('/api/break', (_request, response) => void response.writeHead(503).end())
  site.on('/api/reset', (_request, response) => void response.destroy())
  // Never answers; the page gives up.
  site.on('/api/hang', () => {})
})

const FETCHES: Record<string, [type: string, run: () => Promise<unknown>]> = {
  'status 422': ['422', () => fetch('/api/refuse')],
  'status 503': ['503', () => fetch('/api/break')],
  'a reset connection': ['network', () => fetch('/api/reset')],
  'an abort': ['abort', () => fetch('/api/hang', { signal: AbortSignal.abort() })],
  'a timeout': ['timeout', () => fetch('/api/hang', { signal: AbortSignal.timeout(50) })],
}
const XHRS: Record<string, [type: string, run: () => Promise<unknown>]> = {
  'status 422': ['422', () => window.axios.get('/api/refuse')],
  'status 503': ['503', () => window.axios.get('/api/break')],
  'a reset connection': ['network', () => window.axios.get('/api/reset')],
  'an abort': [
    'abort',
    () => {
      const controller = new AbortController()
      setTimeout(() => controller.abort(), 50)
      return window.axios.get('/api/hang', { signal: controller.signal })
    },
  ],
  'a timeout': ['timeout', () => window.axios.get('/api/hang', { timeout: 500 })],
}

for (const [transport, cases] of Object.entries({ fetch: FETCHES, axios: XHRS })) {
  for (const [name, [type, run]] of Object.entries(cases)) {
    test(`${transport}: ${name} makes the request's span an error`, async ({ traced, traces }) => {
      const page = await traced()
      await page.evaluate(`tracing.order('submit', (order) => (${run})().catch(() => {}))`)
      await traces.waitForSpan({ name: 'order.submit' })
      const request = await traces.waitForSpan({ name: 'GET' })
      expect(request.status.code).toBe(ERROR)
      expect(request.attributes['error.type']).toBe(type)
      if (/^\d/.test(type)) expect(request.attributes['http.response.status_code']).toBe(Number(type))
      else expect(request.attributes).not.toHaveProperty('http.response.status_code')
    })
  }
}

test('a successful request is no error', async ({ traced, traces }) => {
  const page = await traced()
  await page.evaluate(() =>
    window.tracing.order('submit', () => Promise.all([fetch('/api/a'), window.axios.get('/api/b')])),
  )
  await traces.waitForSpan({ name: 'order.submit' })
  const requests = traces.spans({ kind: 'client' })
  expect(requests).toHaveLength(2)
  for (const { status, attributes } of requests) {
    expect(status.code).toBe('unset')
    expect(attributes).not.toHaveProperty('error.type')
  }
})

test('an operation whose function rejects ends as failed, and the page sees its own error unchanged', async ({
  traced,
  traces,
}) => {
  const page = await traced()
  const seen = await page.evaluate(async () => {
    const own = new RangeError('the ring is too large')
    const answers = []
    for (const fn of [
      () => Promise.reject(own),
      () => {
        throw own
      },
    ]) {
      answers.push(
        await window.tracing.order('submit', fn).then(
          () => 'resolved',
          (error) => error === own,
        ),
      )
    }
    return answers
  })
  expect(seen).toEqual([true, true])
  await expect.poll(() => traces.spans({ name: 'order.submit' })).toHaveLength(2)
  for (const order of traces.spans({ name: 'order.submit' })) {
    expect(order.status).toEqual({ code: ERROR, message: 'the ring is too large' })
    expect(order.attributes).toMatchObject({
      'order.outcome': 'failed',
      'error.type': 'RangeError',
      'order.reason': 'the ring is too large',
    })
  }
})

test('what the page throws may be anything', async ({ traced, traces }) => {
  const page = await traced()
  const count = await page.evaluate(async () => {
    const hostile = {
      get message() {
        throw new Error('gotcha')
      },
    }
    const thrown = ['declined', undefined, null, 7, {}, hostile, Symbol('s')]
    const seen = await Promise.all(
      thrown.map((value) =>
        window.tracing.order('submit', () => Promise.reject(value)).catch((error) => error === value),
      ),
    )
    return seen.filter(Boolean).length
  })
  expect(count).toBe(7)
  await expect.poll(() => traces.spans({ name: 'order.submit' })).toHaveLength(7)
  expect(traces.spans({ name: 'order.submit' }).map(({ attributes }) => attributes['error.type'])).toContain('declined')
})

test('fail() says why without an exception, and the first end counts', async ({ traced, traces }) => {
  const page = await traced()
  await page.evaluate(async () => {
    await window.tracing.order('submit', (order) => order.fail('payment-declined'))
    const order = window.tracing.startOrder('ship')
    order.succeed()
    order.fail('too late')
  })
  const submit = await traces.waitForSpan({ name: 'order.submit' })
  const ship = await traces.waitForSpan({ name: 'order.ship' })
  expect(submit.attributes).toMatchObject({
    'order.outcome': 'failed',
    'order.reason': 'payment-declined',
    'error.type': 'payment-declined',
  })
  expect(ship.attributes['order.outcome']).toBe('confirmed')
})

test('an abort with a reason of the page’s own is an abort', async ({ traced, traces }) => {
  const page = await traced()
  await page.evaluate(async () => {
    const controller = new AbortController()
    const order = window.tracing.order('submit', () =>
      fetch('/api/hang', { signal: controller.signal }).catch(() => {}),
    )
    controller.abort(new RangeError('the user left'))
    await order
  })
  const request = await traces.waitForSpan({ name: 'GET' })
  expect(request.attributes['error.type']).toBe('abort')
})

test('headers that the browser refuses leave no span behind, and no operation that never ends', async ({
  traced,
  traces,
}) => {
  const page = await traced()
  const refused = await page.evaluate(() =>
    window.tracing.order('submit', () =>
      fetch('/api/orders', { headers: { 'X-Name': 'Анна' } }).then(
        () => 'sent',
        (error) => error.name,
      ),
    ),
  )
  expect(refused).toBe('TypeError')
  const order = await traces.waitForSpan({ name: 'order.submit' })
  expect(order.attributes['order.outcome']).toBe('confirmed')
  const { made, sent } = await page.evaluate(async () => {
    await window.tracing.flush()
    return window.tracing.diagnostics().spans
  })
  expect(sent).toBe(made)
})

test('an XHR used again in its own handler, as long polls do, has one span for each answer', async ({
  traced,
  traces,
}) => {
  const page = await traced()
  await page.evaluate(() =>
    window.tracing.order(
      'submit',
      () =>
        new Promise<void>((resolve) => {
          const xhr = new XMLHttpRequest()
          let answers = 0
          xhr.onreadystatechange = () => {
            if (xhr.readyState !== 4) return
            if (++answers === 3) return resolve()
            xhr.open('GET', '/api/poll')
            xhr.send()
          }
          xhr.open('GET', '/api/poll')
          xhr.send()
        }),
    ),
  )
  const order = await traces.waitForSpan({ name: 'order.submit' })
  await expect.poll(() => traces.spans({ parentSpanId: order.spanId })).toHaveLength(3)
  for (const { attributes } of traces.spans({ parentSpanId: order.spanId })) {
    expect(attributes['http.response.status_code']).toBe(200)
    expect(attributes).not.toHaveProperty('error.type')
  }
})

test('a step with an impossible name runs all the same; many names are not said for ever', async ({
  traced,
  page,
  traces,
}) => {
  const lines: string[] = []
  page.on('console', (message) => lines.push(message.text()))
  await traced()
  const ran = await page.evaluate(() =>
    window.tracing.order('submit', (order) => {
      const circular: Record<string, unknown> = {}
      circular.self = circular
      const names = [circular, 7n, '', null, ...Array.from({ length: 100 }, (_, i) => `item ${i}`)]
      return names.map((name) => order.step(name as string, () => 1)).length
    }),
  )
  expect(ran).toBe(104)
  await traces.waitForSpan({ name: 'order.submit.item_7' })
  expect(lines.length).toBeLessThanOrEqual(20)
})

test('attributes of the page cannot push out what ordertrace has to say, nor go round the ids', async ({
  traced,
  page,
  traces,
}) => {
  const lines: string[] = []
  page.on('console', (message) => lines.push(message.text()))
  await traced()
  await page.evaluate(() =>
    window.tracing
      .order('submit', (order) => {
        order.setAttributes({ user_id: 'Anna Ivanova', order_id: '+79161234567' })
        for (let i = 0; i < 100; i++) order.setAttributes({ [`a${i}`]: i })
        throw new RangeError('no')
      })
      .catch(() => {}),
  )
  const order = await traces.waitForSpan({ name: 'order.submit' })
  expect(order.attributes).toMatchObject({ 'order.outcome': 'failed', 'error.type': 'RangeError', a63: 63 })
  expect(order.attributes).not.toHaveProperty('a64')
  expect(order.attributes).not.toHaveProperty('user_id')
  expect(order.attributes).not.toHaveProperty('order_id')
  expect(
    lines.filter((line) => /is set by setId|is set by tracing.setUser|more than 64/.test(line)).length,
  ).toBeGreaterThanOrEqual(3)
})
