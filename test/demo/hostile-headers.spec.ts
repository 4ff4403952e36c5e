import type { ReceivedSpan } from './support/otlp-collector'
import { expect, test } from './support/system'

test('ids in the baggage of a browser are taken when they are well-formed', async ({
  customer,
  traceContext,
  serverSpan,
}) => {
  const baggage = 'order_id=o-2345678abc,user_id=u-somebody,secret=1'
  await customer.send('/api/orders', { headers: { traceparent: traceContext.traceparent, baggage } })
  const { attributes } = await serverSpan()
  expect(attributes.order_id).toBe('o-2345678abc')
  // Whoever has a session cannot put another's name on a trace.
  expect(attributes.user_id).toBe(customer.userId)
  expect(attributes).not.toHaveProperty('secret')
})

const hostileBaggage = {
  'a script': `order_id=${encodeURIComponent('<script>alert(1)</script>')}`,
  'an e-mail': `order_id=${encodeURIComponent('anna@example.com')}`,
  'a long value': `order_id=${'x'.repeat(65)}`,
  SQL: `order_id=${encodeURIComponent("o-1' OR '1'='1")}`,
  'broken escapes': 'order_id=%E0%A4%A,=,;;;,order_id',
  'many entries': Array.from({ length: 300 }, (_, index) => `key${index}=value`).join(','),
}

for (const [what, baggage] of Object.entries(hostileBaggage)) {
  test(`hostile baggage is dropped: ${what}`, async ({ customer, traceContext, serverSpan }) => {
    const response = await customer.send('/api/orders', { headers: { traceparent: traceContext.traceparent, baggage } })
    expect(response.status).toBe(200)
    const span = await serverSpan()
    expect(span.attributes).not.toHaveProperty('order_id')
    expect(span.attributes.user_id).toBe(customer.userId)
    expect(JSON.stringify(span)).not.toMatch(/script|example|OR '1|key1/)
    expect(span.events).toMatchObject([{ name: 'ignored header', attributes: { 'header.name': 'baggage' } }])
  })
}

const zeros = '0'.repeat(32)
const hostileTraceparents = {
  garbage: 'garbage',
  'all zeros': `00-${zeros}-${zeros.slice(16)}-01`,
  'capital letters': `00-${'A'.repeat(32)}-${'B'.repeat(16)}-01`,
  'version ff': `ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  'a long one': 'a'.repeat(10_000),
}

for (const [what, traceparent] of Object.entries(hostileTraceparents)) {
  test(`a hostile traceparent begins a trace of its own: ${what}`, async ({ customer, collector }) => {
    const response = await customer.send('/api/orders', { headers: { traceparent } })
    expect(response.status).toBe(200)
    const isOwn = ({ name, attributes }: ReceivedSpan) =>
      name === 'GET /api/orders' && attributes.user_id === customer.userId
    const span = await collector.waitForSpan(isOwn)
    expect(span.parentSpanId ?? '').toBe('')
    expect(span.events).toMatchObject([{ name: 'ignored header', attributes: { 'header.name': 'traceparent' } }])
  })
}

test('headers beyond all measure are answered with 431, and the service lives on', async ({ customer, system }) => {
  const headers = { baggage: 'x'.repeat(20_000), cookie: customer.cookie }
  for (const url of [system.shopUrl, system.apiUrl]) {
    const response = await fetch(`${url}/api/orders`, { headers })
    expect(response.status).toBe(431)
  }
  expect((await customer.send('/api/orders')).status).toBe(200)
})
