import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createCustomer } from './support/customer'
import { placeOrder } from './support/placed-order'
import { expect, test } from './support/system'

interface Page {
  orders: { id: string; customerId: string; status: string }[]
  next: string | null
}

test('orders are listed, the newest first, and found by status, number, its beginning, and customer', async ({
  customer,
  operator,
  manager,
  system,
}) => {
  const stranger = await createCustomer(system.shopUrl)
  const first = await placeOrder({ customer, operator })
  const second = await placeOrder({ customer: stranger, operator })
  await manager.post(`/api/orders/${second}/approve`)
  const search = async (query: string) => {
    const { body } = await manager.get<Page>(`/api/orders?${query}`)
    return body.orders.map(({ id }) => id)
  }
  const all = await search('')
  expect(all.indexOf(second)).toBeLessThan(all.indexOf(first))
  expect(await search(`search=${first}`)).toEqual([first])
  expect(await search(`search=${first.slice(0, 9)}`)).toEqual([first])
  expect(await search(`search=${customer.userId}`)).toEqual([first])
  expect(await search(`search=${customer.userId.slice(0, 5)}`)).toEqual([])
  expect(await search(`search=${second}&status=SUBMITTED`)).toEqual([])
  expect(await search(`search=${second}&status=MANUFACTURING_APPROVED`)).toEqual([second])
})

test('an order says what its piece is called, and orders are counted by status', async ({
  customer,
  operator,
  manager,
}) => {
  const count = async () => (await manager.get<Record<string, number>>('/api/orders/counts')).body
  const id = await placeOrder({ customer, operator })
  const product = { name: { ru: 'Кольцо «Рассвет»', en: 'Dawn ring' } }
  const { body } = await manager.get<Page>(`/api/orders?search=${id}`)
  expect(body.orders).toMatchObject([{ id, product }])
  const { SUBMITTED: submitted = 0, MANUFACTURING_APPROVED: approved = 0 } = await count()
  expect(submitted).toBeGreaterThan(0)
  expect((await manager.post(`/api/orders/${id}/approve`)).body).toMatchObject({
    id,
    product,
    history: [{ status: 'INITIATED' }, { status: 'SUBMITTED' }, { status: 'MANUFACTURING_APPROVED' }],
  })
  const after = await count()
  expect([after.SUBMITTED ?? 0, after.MANUFACTURING_APPROVED]).toEqual([submitted - 1, approved + 1])
})

test('a long list comes in pages', async ({ customer, operator, manager, database }) => {
  const id = await placeOrder({ customer, operator })
  // Far in the past, so that other tests do not see them first; in one moment, so that the number decides.
  await database.query(
    `INSERT INTO orders (id, customer_id, product_id, quantity, status, model_key, model_name, model_size, model_type, created_at)
     SELECT id || 'x' || n, customer_id, product_id, quantity, status, 'k' || id || n, model_name, model_size, model_type, '2020-01-01'
     FROM orders, generate_series(1, 120) AS n WHERE id = $1`,
    [id],
  )
  const seen: string[] = []
  let after = ''
  do {
    const { body } = await manager.get<Page>(`/api/orders?search=${id}${after && `&after=${after}`}`)
    seen.push(...body.orders.map((order) => order.id))
    after = body.next ?? ''
  } while (after)
  expect([seen.length, new Set(seen).size]).toEqual([121, 121])
})

test('the CRM reads the model from the storage, in the trace of the request', async ({
  customer,
  operator,
  manager,
  collector,
  system,
}) => {
  const id = await placeOrder({ customer, operator })
  expect((await manager.get(`/api/orders/${id}`)).body).toMatchObject({
    customerId: customer.userId,
    model: { name: 'Кольцо.stl', size: 10 },
    price: null,
    history: [{ status: 'INITIATED' }, { status: 'SUBMITTED' }],
  })
  const headers = { cookie: manager.cookie }
  const model = await fetch(`${system.crmUrl}/api/orders/${id}/model`, { headers })
  expect([model.headers.get('content-disposition'), await model.text()]).toEqual([
    expect.stringContaining('attachment'),
    'solid ring',
  ])
  // A client that counts would be gone before the server has ended, and look like one that broke off.
  expect(model.headers.get('content-length')).toBeNull()
  const read = await collector.waitForSpan((span) => span.name === 'GetObject' && span.attributes.order_id === id)
  expect(read).toMatchObject({
    service: 'crm-api',
    attributes: { user_id: manager.userId, 'peer.service': '3d-files' },
  })

  await rm(join(system.modelFolder, id))
  const lost = await manager.get(`/api/orders/${id}/model`)
  expect([lost.status, lost.body]).toMatchObject([500, { error: { code: 'model_lost' } }])
})
