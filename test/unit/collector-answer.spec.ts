import { createCollector } from '../../src/collector'
import { createIntake } from '../../src/collector/intake'
import { exportRequest, type SpanSpec } from '../demo/support/otlp-spans'
import { test as base, expect, messageOf } from '../support/traces-test'

interface Fixtures {
  collector: Awaited<ReturnType<typeof createCollector>>
  /** @returns what the sender is told; 0: nothing */
  send(...spans: SpanSpec[]): Promise<{ status: number; text: string; headers: Headers }>
}

const json = { 'content-type': 'application/json' }

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  collector: async ({}, use) => {
    const collector = await createCollector({ batchMs: 0 })
    await use(collector)
    await collector.close()
  },
  send: async ({ collector }, use) => {
    await use(async (...spans) => {
      const body = JSON.stringify(exportRequest(...spans))
      const headers = { ...json, origin: 'https://shop.example' }
      const response = await fetch(collector.url, { method: 'POST', headers, body }).catch(() => undefined)
      return {
        status: response?.status ?? 0,
        text: (await response?.text()) ?? '',
        headers: response?.headers ?? new Headers(),
      }
    })
  },
})

test('what a collector refused has not come; the request is there with its status', async ({ collector, send }) => {
  collector.answer = { status: 503, headers: { 'Retry-After': '30' } }
  const refused = await send({ id: '1' })
  expect([refused.status, refused.text, refused.headers.get('retry-after')]).toEqual([503, '', '30'])
  expect(refused.headers.get('access-control-allow-origin')).toBe('https://shop.example')
  expect(collector.spans()).toEqual([])
  expect(collector.deliveries).toMatchObject([{ status: 503, refused: true, spans: [{ name: expect.any(String) }] }])
  expect(collector.summary()).toBe('1 request reached the collector, with 0 spans of 0 traces.\n1 of them was refused.')
  collector.answer = undefined
  expect(await send({ id: '1' })).toMatchObject({ status: 200, text: '{}' })
  expect(collector.deliveries.map(({ status }) => status)).toEqual([503, 200])
  await expect(collector).toBeUnbroken()
  expect(collector.spans()).toHaveLength(1)
})

test('from the start, and as each request asks for', async () => {
  const collector = await createCollector({
    answer: async ({ spans }) => (spans.length > 1 ? { status: 413, body: 'too large' } : undefined),
  })
  const send = async (...spans: SpanSpec[]) => {
    const body = JSON.stringify(exportRequest(...spans))
    const response = await fetch(collector.url, { method: 'POST', headers: json, body })
    return [response.status, await response.text()]
  }
  expect(await send({ id: '1' }, { id: '2', parent: '1' })).toEqual([413, 'too large'])
  expect(await send({ id: '1' })).toEqual([200, '{}'])
  expect(collector.spans()).toHaveLength(1)
  await collector.close()
})

test('success in other words is success', async ({ collector, send }) => {
  collector.answer = { headers: { 'cache-control': 'no-store' }, body: '{"partialSuccess":{"rejectedSpans":"1"}}' }
  const told = await send({ id: '1' })
  expect([told.status, told.headers.get('content-type'), told.headers.get('cache-control')]).toEqual([
    200,
    'application/json',
    'no-store',
  ])
  expect(told.text).toContain('rejectedSpans')
  expect(collector.spans()).toHaveLength(1)
})

test('whether spans have come may be said whatever the status', async ({ collector, send }) => {
  collector.answer = { headers: { 'content-type': 'text/html' }, body: '<h1>Log in</h1>', taken: false }
  expect((await send({ id: '1' })).status).toBe(200)
  collector.answer = { status: 503, taken: true }
  expect((await send({ id: '2' })).status).toBe(503)
  expect(collector.deliveries.map(({ status, refused }) => [status, refused])).toEqual([
    [200, true],
    [503, false],
  ])
  expect(collector.spans().map(({ spanId }) => spanId)).toEqual(['0000000000000002'])
})

test('a connection that is cut, and one on which nothing is said', async ({ collector, send }) => {
  collector.answer = 'reset'
  expect((await send({ id: '1' })).status).toBe(0)
  collector.answer = 'hang'
  const waiting = send({ id: '2' })
  await expect
    .poll(() => collector.deliveries.map(({ status, refused }) => [status, refused]))
    .toEqual([
      [0, true],
      [0, true],
    ])
  expect(collector.spans()).toEqual([])
  await collector.close()
  expect((await waiting).status).toBe(0)
})

test('what was refused left the page all the same: personal data in it is found', async ({ collector, send }) => {
  collector.answer = { status: 503 }
  await send({ id: '1', attributes: { mail: 'anna@shop.example' } })
  expect(await messageOf(expect(collector).toHaveNoPersonalData())).toContain('an e-mail address in attribute mail')
})

test('a function that fails is said in the message of whatever fails next', async ({ collector, send }) => {
  collector.answer = () => {
    throw new Error('no such thing')
  }
  expect((await send({ id: '1' })).status).toBe(500)
  const message = await messageOf(expect(collector).toHaveSpan({ name: 'x' }, { timeout: 1 }))
  expect(message).toContain('The function that answers failed: no such thing')
})

test('what cannot be read is refused as ever, and what is wanted is said of it too', async () => {
  const intake = createIntake()
  const garbage = { url: 'http://collector', headers: json, body: Buffer.from('{') }
  expect(await intake.receive(garbage)).toMatchObject({ isTold: false, reply: { status: 400 } })
  intake.answer = { headers: { 'x-own': '1' } }
  expect((await intake.receive(garbage)).reply).toMatchObject({
    status: 400,
    headers: { 'x-own': '1' },
    body: expect.stringContaining('not valid JSON'),
  })
  intake.answer = { status: 204 }
  const { reply, delivery } = await intake.receive(garbage)
  expect([reply, delivery]).toMatchObject([
    { status: 204, body: '' },
    { status: 204, refused: false },
  ])
})
