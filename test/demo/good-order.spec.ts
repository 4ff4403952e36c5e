import { createHash, randomBytes } from 'node:crypto'
import { createCustomer, createOrderForm } from './support/customer'
import { expect, test } from './support/system'

test('an order is one trace from the server to the database and the file, with both ids on every span', async ({
  customer,
  traceContext,
  collector,
}) => {
  const { traceId, spanId, traceparent } = traceContext
  const response = await customer.send('/api/orders?email=a@b.example', {
    method: 'POST',
    headers: { traceparent, 'user-agent': 'a browser' },
    body: createOrderForm(),
  })
  expect(response.status).toBe(201)
  const { id } = (await response.json()) as { id: string }

  const spans = await collector.waitForTrace(traceId, (found) => found.some((span) => span.kind === 2))
  const server = spans.find((span) => span.kind === 2)
  expect(server).toMatchObject({ name: 'POST /api/orders', service: 'shop-api', parentSpanId: spanId })
  expect(server?.attributes).toMatchObject({ 'http.response.status_code': 201, 'http.route': '/api/orders' })
  const names = spans.map((span) => span.name)
  expect(names).toEqual(
    expect.arrayContaining(['PutObject', 'pg.query:BEGIN shop', 'pg.query:INSERT shop', 'pg.query:COMMIT shop']),
  )
  expect(spans.find((span) => span.name === 'PutObject')?.attributes['peer.service']).toBe('3d-files')

  const known = new Set([spanId, ...spans.map((span) => span.spanId)])
  for (const span of spans) {
    expect(span.attributes, span.name).toMatchObject({ order_id: id, user_id: customer.userId })
    expect(known, `the parent of ${span.name}`).toContain(span.parentSpanId)
    expect(JSON.stringify(span), span.name).not.toMatch(
      /example|a browser|Кольцо|user_agent|client\.address|network\.peer/,
    )
  }
})

test('the fields may come after the file, and the model comes back as it was sent', async ({ customer }) => {
  const content = randomBytes(3_000_000)
  const body = createOrderForm({ fileFirst: true, model: { name: 'Брошь.GLB', content } })
  const created = await customer.send('/api/orders', { method: 'POST', body })
  expect(created.status).toBe(201)
  const { id } = (await created.json()) as { id: string }
  expect(id).toMatch(/^o-[a-z0-9]{10}$/)

  const shown = await customer.send(`/api/orders/${id}`)
  expect(await shown.json()).toMatchObject({
    id,
    productId: 'ring-dawn',
    quantity: 2,
    status: 'SUBMITTED',
    model: { name: 'Брошь.GLB', size: content.length },
    history: [{ status: 'INITIATED' }, { status: 'SUBMITTED' }],
  })
  const model = Buffer.from(await (await customer.send(`/api/orders/${id}/model`)).arrayBuffer())
  expect(createHash('sha256').update(model).digest('hex')).toBe(createHash('sha256').update(content).digest('hex'))
})

test('nobody else sees the order, and unknown looks the same as foreign', async ({ customer, system }) => {
  const created = await customer.send('/api/orders', { method: 'POST', body: createOrderForm() })
  const { id } = (await created.json()) as { id: string }
  expect((await customer.send(`/api/orders/${id}`)).status).toBe(200)

  const stranger = await createCustomer(system.shopUrl)
  expect(stranger.userId).not.toBe(customer.userId)
  for (const path of [`/api/orders/${id}`, `/api/orders/${id}/model`, '/api/orders/o-2222222222', '/api/orders/%00']) {
    const response = await stranger.send(path)
    expect(response.status, path).toBe(404)
    expect(await response.json(), path).toMatchObject({ error: { code: 'order_unknown' } })
  }
  expect(await (await stranger.send('/api/orders')).json()).toEqual([])
})

test('a session stays the same for its browser', async ({ customer }) => {
  const again = await customer.send('/api/session', { method: 'POST' })
  expect([again.status, await again.json()]).toEqual([200, { userId: customer.userId }])
  expect(again.headers.getSetCookie()).toEqual([])
  expect(customer.userId).toMatch(/^u-[a-z0-9]{10}$/)
})
