import { placeApprovedOrder, placeOrder } from './support/placed-order'
import { expect, test } from './support/system'

const isServer = ({ kind }: { kind: number }) => kind === 2
const isConsumer = ({ kind }: { kind: number }) => kind === 5

test('an order that was approved before it had a price gets one, in one trace up to the Shop DB, and keeps its status', async ({
  customer,
  manager,
  operator,
  collector,
}) => {
  const id = await placeApprovedOrder({ customer, manager, operator })
  const order = `/api/orders/${id}`
  expect((await manager.get(order)).body).toMatchObject({ price: null })
  const priced = await operator.post(`${order}/price`, { material: 'silver-925' })
  expect([priced.status, priced.body]).toMatchObject([
    200,
    { status: 'MANUFACTURING_APPROVED', material: 'silver-925', price: 1_383_000 },
  ])

  const spans = await collector.waitForTrace(priced.traceId, (found) => found.some(isConsumer) && found.some(isServer))
  for (const span of spans) expect(span.attributes, span.name).toMatchObject({ order_id: id, user_id: operator.userId })
  expect(spans.find(isConsumer)).toMatchObject({ service: 'crm-api', events: [{ name: 'status unchanged' }] })
  const seen = await manager.get<{ history: { status: string }[] }>(order)
  expect(seen.body).toMatchObject({ status: 'MANUFACTURING_APPROVED', price: 1_383_000 })
  // The shop's side tells of statuses, and none has changed.
  expect(seen.body.history.map(({ status }) => status)).toEqual(['INITIATED', 'SUBMITTED', 'MANUFACTURING_APPROVED'])

  // The price is a step of the order: the next one links to it.
  const taken = await operator.post(`${order}/take`)
  const next = await collector.waitForTrace(taken.traceId, (found) => found.some(isServer))
  expect(next.find(isServer)?.links).toMatchObject([{ traceId: priced.traceId }])
  const { body } = await operator.get<{ history: { event: string | null }[] }>(order)
  expect(body.history.map(({ event }) => event)).toEqual([null, null, 'priced', 'taken'])
})

test('what an order would cost is computed for each material, and nothing is changed by asking', async ({
  customer,
  operator,
}) => {
  const id = await placeOrder({ customer, operator })
  const { body } = await operator.get<{ prices: { material: string; price: number }[] }>(`/api/orders/${id}/prices`)
  // 2 × (the material's price of a piece and 15 roubles for a KiB)
  expect(body.prices).toEqual([
    { material: 'gold-585', price: 7_803_000 },
    { material: 'silver-925', price: 1_383_000 },
    { material: 'silver-gilded', price: 1_703_000 },
  ])
  expect((await operator.get(`/api/orders/${id}`)).body).toMatchObject({
    status: 'SUBMITTED',
    price: null,
    material: null,
  })
  expect((await operator.get('/api/orders/o-2222222222/prices')).status).toBe(404)
})
