import { expect, isOrder, test } from '../support/test'

const ERROR = 2

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
    test(`${transport}: ${name} makes the request's span an error`, async ({ traced, site }) => {
      const page = await traced()
      await page.evaluate(`tracing.order('submit', (order) => (${run})().catch(() => {}))`)
      await site.spans.find(isOrder('submit'), 'the order')
      const request = await site.spans.find(({ name }) => name === 'GET', 'the request')
      expect(request.status.code).toBe(ERROR)
      expect(request.attributes['error.type']).toBe(type)
      if (/^\d/.test(type)) expect(request.attributes['http.response.status_code']).toBe(Number(type))
      else expect(request.attributes).not.toHaveProperty('http.response.status_code')
    })
  }
}

test('a successful request is no error', async ({ traced, site }) => {
  const page = await traced()
  await page.evaluate(() =>
    window.tracing.order('submit', () => Promise.all([fetch('/api/a'), window.axios.get('/api/b')])),
  )
  await site.spans.find(isOrder('submit'), 'the order')
  const requests = site.spans.all.filter(({ kind }) => kind === 3)
  expect(requests).toHaveLength(2)
  for (const { status, attributes } of requests) {
    expect(status.code).toBe(0)
    expect(attributes).not.toHaveProperty('error.type')
  }
})

test('an operation whose function rejects ends as failed, and the page sees its own error unchanged', async ({
  traced,
  site,
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
  const spans = await site.spans.waitUntil((all) => all.filter(isOrder('submit')).length === 2, 'both orders')
  for (const order of spans.filter(isOrder('submit'))) {
    expect(order.status).toEqual({ code: ERROR, message: 'the ring is too large' })
    expect(order.attributes).toMatchObject({
      'order.outcome': 'failed',
      'error.type': 'RangeError',
      'order.reason': 'the ring is too large',
    })
  }
})

test('what the page throws may be anything', async ({ traced, site }) => {
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
  const spans = await site.spans.waitUntil((all) => all.filter(isOrder('submit')).length >= 6, 'the orders')
  expect(spans.filter(isOrder('submit')).map(({ attributes }) => attributes['error.type'])).toContain('declined')
})

test('fail() says why without an exception, and the first end counts', async ({ traced, site }) => {
  const page = await traced()
  await page.evaluate(async () => {
    await window.tracing.order('submit', (order) => order.fail('payment-declined'))
    const order = window.tracing.startOrder('ship')
    order.succeed()
    order.fail('too late')
  })
  const submit = await site.spans.find(isOrder('submit'), 'submit')
  const ship = await site.spans.find(isOrder('ship'), 'ship')
  expect(submit.attributes).toMatchObject({
    'order.outcome': 'failed',
    'order.reason': 'payment-declined',
    'error.type': 'payment-declined',
  })
  expect(ship.attributes['order.outcome']).toBe('confirmed')
})
