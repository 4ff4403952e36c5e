import { type Collector, createCollector, test as tracesTest } from '../../src/playwright'
import { leaksIn } from '../../src/traces/personal-data'
import { exportRequest, type SpanSpec, spanId, traceId } from '../demo/support/otlp-spans'
import { expect, messageOf } from '../support/traces-test'

interface Fixtures {
  collector: Collector
  /** Sends spans to the collector, by HTTP. */
  send(...spans: SpanSpec[]): Promise<void>
}

const test = tracesTest.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  collector: async ({}, use) => {
    // Nobody keeps spans back here, but for the tests that say so.
    const collector = await createCollector({ batchMs: 0 })
    await use(collector)
    await collector.close()
  },
  send: async ({ collector }, use) => {
    await use(async (...spans) => {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify(exportRequest(...spans))
      expect((await fetch(collector.url, { method: 'POST', headers, body })).status).toBe(200)
    })
  },
})

const order = (id: string, attributes: SpanSpec['attributes'] = {}, rest: Partial<SpanSpec> = {}): SpanSpec => ({
  id,
  name: 'order.submit',
  attributes: { order_id: 'o-42', user_id: 'u-7', 'order.step': 'submit', 'order.outcome': 'confirmed', ...attributes },
  ...rest,
})
const post: SpanSpec = {
  id: '2',
  parent: '1',
  name: 'POST',
  kind: 3,
  start: 1,
  attributes: { order_id: 'o-42', user_id: 'u-7' },
}

test('a matcher waits for what comes later', async ({ collector, send }) => {
  const waiting = expect(collector).toHaveOrder('o-42', { step: 'submit', outcome: 'confirmed', userId: 'u-7' })
  await send({ id: '9', name: 'other', trace: 'b' })
  await send(order('1'))
  await waiting
  await expect(collector).toHaveSpan({ name: /^order\./, service: 'internet-shop', kind: 'internal', orderId: 'o-42' })
  await expect(collector).toHaveSpan(({ attributes }) => attributes['order.step'] === 'submit')
  await expect(collector.order('o-42')).toHaveSpan({ name: 'order.submit' })
})

test('a failed matcher says what was expected, what came, the nearest miss, and draws the trace', async ({
  collector,
  send,
}) => {
  await send(order('1', { 'order.outcome': 'failed', 'order.reason': 'http-500' }, { duration: 61.3, status: 2 }), {
    ...post,
    duration: 56.1,
  })
  const failing = expect(collector).toHaveOrder('o-42', { outcome: 'confirmed', userId: 'u-7' }, { timeout: 20 })
  const lines = (await messageOf(failing)).replace(/After \d+ ms/, 'After N ms').split('\n')
  expect(lines).toEqual([
    'expect(traces).toHaveOrder("o-42", { outcome: "confirmed", userId: "u-7" })',
    '',
    'No operation of an order is orderId "o-42", userId "u-7", order.outcome "confirmed".',
    `The nearest is internet-shop: order.submit (span ${spanId('1')}), which differs in`,
    '  order.outcome: expected "confirmed", received "failed"',
    '',
    'After N ms: 1 request reached the collector, with 2 spans of 1 trace.',
    '',
    `trace ${traceId('a')}`,
    '  internet-shop: order.submit  61.3 ms  order_id=o-42  user_id=u-7  order.outcome=failed  ERROR',
    '  └─ internet-shop: POST       56.1 ms  order_id=o-42  user_id=u-7',
  ])
})

test('nothing at all is said too', async ({ collector }) => {
  const message = await messageOf(expect(collector).toHaveSpan({ name: 'x' }, { timeout: 20 }))
  expect(message).toContain('No span is name "x".')
  expect(message).toContain('Nothing reached the collector.')
})

test('a slip in the only thing that was asked is a near miss', async ({ collector, send }) => {
  await send(order('1', { order_id: 'o-43' }), { id: '3', parent: '1', name: 'checkout' })
  const brief = { timeout: 10 }
  expect(await messageOf(expect(collector).toHaveOrder('o-42', {}, brief))).toContain(
    'which differs in\n  order_id: expected "o-42", received "o-43"',
  )
  expect(await messageOf(expect(collector).toHaveSpan({ name: 'checkuot' }, brief))).toContain(
    'The nearest is internet-shop: checkout (span 0000000000000003), which differs in\n  name: expected "checkuot"',
  )
  const far = await messageOf(expect(collector).toHaveSpan({ name: 'payment' }, brief))
  expect(far).not.toContain('The nearest is')
})

test('attributes that are objects or lists are compared by what they hold', async ({ collector }) => {
  const list = { arrayValue: { values: [{ intValue: '1' }, { stringValue: 'a' }] } }
  const value = {
    kvlistValue: {
      values: [
        { key: 'list', value: list },
        { key: 'b', value: { boolValue: true } },
      ],
    },
  }
  const body = exportRequest({ id: '1' }) as {
    resourceSpans: { scopeSpans: { spans: { attributes: object[] }[] }[] }[]
  }
  body.resourceSpans[0]?.scopeSpans[0]?.spans[0]?.attributes.push({ key: 'cart', value })
  const headers = { 'content-type': 'application/json' }
  await fetch(collector.url, { method: 'POST', headers, body: JSON.stringify(body) })
  await expect(collector).toHaveSpan({ attributes: { cart: { b: true, list: [1, 'a'] } } })
  await expect(collector).not.toHaveSpan({ attributes: { cart: { b: true, list: [1] } } })
})

test('the time-out is that of Playwright’s expect, and each matcher may have its own', async ({ collector }) => {
  const timeOf = async (failing: Promise<unknown>) => Number(/After (\d+) ms/.exec(await messageOf(failing))?.[1])
  const patient = expect.configure({ timeout: 600 })
  expect(await timeOf(patient(collector).toHaveSpan({ name: 'x' }))).toBeGreaterThanOrEqual(590)
  expect(await timeOf(patient(collector).toHaveSpan({ name: 'x' }, { timeout: 10 }))).toBeLessThan(590)
})

test('a soft one lets the test go on', async ({ collector }) => {
  test.fail(true, 'the soft failure is what is tested')
  await expect.soft(collector).toHaveSpan({ name: 'x' }, { timeout: 10 })
  expect(test.info().errors.map(({ message }) => message)).toEqual([expect.stringContaining('No span is name "x"')])
})

test.describe('not', () => {
  test('holds when nothing of the kind comes, and fails as soon as it does', async ({ collector, send }) => {
    await send({ id: '9', name: 'other', trace: 'b' })
    await expect(collector).not.toHaveOrder('o-42')
    const failing = messageOf(expect(collector).not.toHaveOrder('o-42'))
    await send(order('1'))
    expect(await failing).toContain(`There is one: internet-shop: order.submit (span ${spanId('1')}).`)
  })

  test('fails where nothing comes at all: a page that is not traced sends no order either', async ({ collector }) => {
    const brief = { timeout: 10 }
    const orders = messageOf(expect(collector).not.toHaveOrder('o-42', {}, brief))
    const ofOrder = messageOf(expect(collector.order('o-42')).not.toHaveSpan({ name: 'x' }, brief))
    for (const message of [orders, ofOrder]) expect(await message).toContain('No span has come at all.')
    expect(await messageOf(expect(collector).not.toHaveEdge('a', 'b', brief))).toContain('Nothing reached')
  })

  test('of what needs evidence fails without any', async ({ collector }) => {
    expect(await messageOf(expect(collector).not.toBeUnbroken({ timeout: 10 }))).toContain('No span has come.')
    expect(await messageOf(expect(collector).not.toHaveNoPersonalData({ timeout: 10 }))).toContain('No span has come.')
  })

  test('of what holds so far waits until it does no more', async ({ collector, send }) => {
    await send(order('1'))
    const waiting = [expect(collector).not.toBeUnbroken(), expect(collector).not.toHaveNoPersonalData()]
    await send({ ...post, id: '3', parent: '8', attributes: { mail: 'anna@shop.example' } })
    await Promise.all(waiting)
  })
})

test.describe('toBeUnbroken', () => {
  test('needs a span, and waits for a parent that comes late', async ({ collector, send }) => {
    expect(await messageOf(expect(collector).toBeUnbroken({ timeout: 10 }))).toContain('No span has come.')
    const waiting = expect(collector).toBeUnbroken()
    await send(post)
    await send(order('1'))
    await waiting
    await expect(collector.order('o-42')).toBeUnbroken()
  })

  const BROKEN: Record<string, [SpanSpec[], string]> = {
    'two roots': [[order('1'), order('2')], 'it has 2 roots: internet-shop: order.submit (span 0000000000000001), int'],
    'an orphan': [[order('1'), { ...post, parent: '8' }], `the parent ${spanId('8')} of internet-shop: POST (span`],
    'a span that came twice': [
      [order('1'), order('1')],
      'internet-shop: order.submit (span 0000000000000001) came 2 t',
    ],
    'a circle': [[order('1', {}, { parent: '2' }), post], 'it has no root: its spans are parents of each other'],
    'a missing id': [
      [order('1'), { ...post, attributes: { order_id: 'o-42' } }],
      'has no user_id, the others have u-7',
    ],
    'two ids': [
      [order('1'), { ...post, attributes: { order_id: 'o-1', user_id: 'u-7' } }],
      'several order_id: o-42, o-1',
    ],
  }
  for (const [what, [spans, message]] of Object.entries(BROKEN)) {
    test(`finds ${what}`, async ({ collector, send }) => {
      await send(...spans)
      expect(await messageOf(expect(collector).toBeUnbroken({ timeout: 10 }))).toContain(`trace ${traceId('a')}: `)
      expect(await messageOf(expect(collector).toBeUnbroken({ timeout: 10 }))).toContain(message)
      await expect(collector).not.toBeUnbroken()
    })
  }

  test('takes a parent elsewhere only where that is allowed', async ({ collector, send }) => {
    await send({ id: '1', parent: '8', name: 'documentLoad' }, { id: '2', parent: '1', name: 'documentFetch' })
    await expect(collector).not.toBeUnbroken()
    await expect(collector).toBeUnbroken({ remoteParent: true })
  })
})

test.describe('toHaveNoPersonalData', () => {
  const GOOD = [
    'o-42',
    'https://shop.example/orders/42',
    '/orders/:id',
    '1790000000000000000',
    'GET',
    '12:34:56',
    'a?b',
    'v1.2.3',
    '2026-03-02 09:00:00',
    '123e4567-e89b-123-456-7890',
    '10.0.0.1:8080',
    'o-916-123-4567',
  ]
  const BAD: Record<string, string[]> = {
    'an e-mail address': ['from anna@shop.example', 'anna%40shop.example'],
    'a query string': ['https://shop.example/?token=1', '/orders?id=5', 'https://shop.example/a?b'],
    'a fragment': ['https://shop.example/#access_token=1', '/orders#id=5'],
    'credentials in a URL': ['https://anna:secret@shop.example/'],
    'a token': ['Bearer abcdef.ghijkl', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x'],
    'a phone number': ['+7 916 123-45-67', 'call +79161234567', '8 (916) 123-45-67', '916-123-45-67', '8 800 555 3535'],
    'a card number': ['4111 1111 1111 1111', 'card 5555555555554444'],
  }

  test('takes ids, times and bare URLs', async ({ collector, send }) => {
    await send({ id: '1', attributes: Object.fromEntries(GOOD.map((value, index) => [`a${index}`, value])) })
    await expect(collector).toHaveNoPersonalData()
  })

  for (const [what, values] of Object.entries(BAD)) {
    test(`finds ${what}, wherever it stands`, async ({ collector, send }) => {
      for (const value of values) {
        collector.clear()
        await send({ id: '1', name: 'POST', attributes: { 'some.attribute': value } })
        const message = await messageOf(expect(collector).toHaveNoPersonalData({ timeout: 10 }))
        expect(message).toContain(`internet-shop: POST: ${what} in attribute some.attribute: ${value}`)
        await expect(collector).toHaveNoPersonalData({ except: [value] })
        collector.clear()
        await send({ id: '1', name: value })
        expect(await messageOf(expect(collector).toHaveNoPersonalData())).toContain(`${what} in name`)
      }
    })
  }

  test('what is excused is cut out, and the rest is looked at', async ({ collector, send }) => {
    await send({ id: '1', attributes: { note: 'from help@shop.example for anna@mail.example' } })
    const except = [/help@[\w.]+/]
    expect(await messageOf(expect(collector).toHaveNoPersonalData({ except }))).toContain('an e-mail address')
    await expect(collector).toHaveNoPersonalData({ except: [...except, 'anna@mail.example'] })
  })

  test('the tracestate of a span and of its links is looked at too', async ({ collector }) => {
    const ids = { traceId: traceId('a'), spanId: spanId('1') }
    const leaks = {
      tracestate: { traceState: 'shop=anna@shop.example' },
      'link, tracestate': { links: [{ ...ids, traceState: 'shop=anna%40shop.example' }] },
    }
    for (const [where, fields] of Object.entries(leaks)) {
      collector.clear()
      const body = JSON.stringify({
        resourceSpans: [{ scopeSpans: [{ spans: [{ ...ids, name: 'POST', ...fields }] }] }],
      })
      await fetch(collector.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      const message = await messageOf(expect(collector).toHaveNoPersonalData({ timeout: 10 }))
      expect(message).toContain(`POST: an e-mail address in ${where}: shop=anna`)
    }
  })

  test('names of attributes and numbers are looked at too', async ({ collector, send }) => {
    await send({ id: '1', attributes: { 'anna@shop.example': true, paid: 4111111111111111 } })
    const message = await messageOf(expect(collector).toHaveNoPersonalData())
    expect(message).toContain('an e-mail address in the name of attribute anna@shop.example')
    expect(message).toContain('a card number in attribute paid: 4111111111111111')
  })

  test('long values take no longer than they are long', async ({ collector, send }) => {
    const hard = ['a', 'a.', '://', '/', '-eyJ', '1 ', '(123)', '?a', '%40', '@'].map(
      (part) => `${part.repeat(50_000 / part.length)}@`,
    )
    await send(...hard.map((value, index) => ({ id: String(index + 1), trace: `${index + 1}`, attributes: { value } })))
    const began = process.cpuUsage()
    leaksIn(collector.spans())
    const { user } = process.cpuUsage(began)
    // All ten together, of the processor alone; without bounds one of them took 3.5 s.
    expect(user / 1_000).toBeLessThan(2_500)
  })

  test('finds what the test names', async ({ collector, send }) => {
    await send({ id: '1', attributes: { note: 'for Anna' } })
    await expect(collector).toHaveNoPersonalData()
    expect(await messageOf(expect(collector).toHaveNoPersonalData({ also: ['Anna', /bert/i] }))).toContain(
      'Anna in attribute note: for Anna',
    )
  })
})

test('what could not be read fails what says that all is well', async ({ collector, send }) => {
  const type = { 'content-type': 'application/json' }
  await send({ id: '1' })
  await fetch(collector.url, { method: 'POST', headers: type, body: '{' })
  await fetch(collector.url, { method: 'POST', headers: type, body: JSON.stringify(exportRequest({ id: 'xyz' })) })
  for (const message of [
    await messageOf(expect(collector).toBeUnbroken({ timeout: 10 })),
    await messageOf(expect(collector).toHaveNoPersonalData({ timeout: 10 })),
  ]) {
    const [said = ''] = message.split('After ')
    expect(said).toContain('A request could not be read: the body is not valid JSON')
    expect(said).toContain('A span could not be used: spanId must be 16 hex digits')
  }
})

test('toHaveEdge: services by their spans, databases and queues by what their clients call them', async ({
  collector,
  send,
}) => {
  const attributes = { 'db.system.name': 'postgresql', 'db.namespace': 'shop', 'peer.service': 'shop-db' }
  await send(
    { id: '1', service: 'internet-shop', kind: 3 },
    { id: '2', parent: '1', service: 'shop-api', kind: 2 },
    { id: '3', parent: '2', service: 'shop-api', kind: 3, attributes },
    {
      id: '6',
      parent: '1',
      service: 'crm-api',
      kind: 2,
      attributes: { 'server.address': 'crm-host', 'peer.service': 'x' },
    },
    { id: '4', parent: '2', service: 'shop-api', kind: 4, attributes: { 'messaging.system': 'rabbitmq' } },
    { id: '5', parent: '4', service: 'mes-api', kind: 5, attributes: { 'messaging.system': 'rabbitmq' } },
  )
  const EDGES = [
    ['internet-shop', 'shop-api'],
    ['shop-api', 'postgresql'],
    ['shop-api', 'shop-db'],
    ['shop-api', 'rabbitmq'],
    ['rabbitmq', 'mes-api'],
    ['shop-api', 'mes-api'],
  ] as const
  for (const [from, to] of EDGES) await expect(collector).toHaveEdge(from, to)
  await expect(collector).not.toHaveEdge('postgresql', 'shop-api')
  // What a server says of its own address is nobody whom it called.
  await expect(collector).not.toHaveEdge('crm-api', 'crm-host')
  await expect(collector).not.toHaveEdge('crm-api', 'x')
  const message = await messageOf(expect(collector).toHaveEdge('shop-api', '3d-files', { timeout: 10 }))
  expect(message).toContain(
    'Nothing went from shop-api to 3d-files. There is\n  internet-shop → crm-api\n  internet-shop → shop-api\n',
  )
})

test('waitForSpan gives the span, or says what came instead', async ({ collector, send }) => {
  const waiting = collector.waitForSpan({ name: 'order.submit' })
  await send(order('1'))
  expect((await waiting).attributes.order_id).toBe('o-42')
  await expect(collector.waitForSpan({ name: 'order.submit', userId: 'u-8' }, { timeout: 10 })).rejects.toThrow(
    /No span is name "order.submit", userId "u-8", after 10 ms\..*user_id: expected "u-8", received "u-7".*trace 0/s,
  )
})

test('the collector takes preflights and both formats of answer, refuses what is none, and ends', async ({
  collector,
}) => {
  const preflight = await fetch(collector.url, {
    method: 'OPTIONS',
    headers: { origin: 'https://shop.example', 'access-control-request-headers': 'content-type' },
  })
  expect(Object.fromEntries(preflight.headers)).toMatchObject({
    'access-control-allow-origin': 'https://shop.example',
    'access-control-allow-headers': 'content-type',
  })
  const send = (body: string, type: string) =>
    fetch(collector.url, { method: 'POST', headers: { 'content-type': type }, body })
  const json = await send('{}', 'application/json')
  expect([json.status, await json.text()]).toEqual([200, '{}'])
  const protobuf = await send('', 'application/x-protobuf')
  expect([protobuf.status, await protobuf.text()]).toEqual([200, ''])
  const wrong = await send('{', 'application/json')
  expect(wrong.status).toBe(400)
  expect((await wrong.json()).message).toContain('not valid JSON')
  expect((await fetch(collector.url)).status).toBe(405)
  await collector.close()
  await expect(fetch(collector.url)).rejects.toThrow()
})
