import pg from 'pg'
import type { FaultName } from '../../demo/faults/faults'
import { createOrderForm } from './support/customer'
import type { ReceivedSpan } from './support/otlp-collector'
import { placeApprovedOrder, placeOrder } from './support/placed-order'
import { test as base, expect } from './support/system'

base.use({ withFaults: true })

const test = base.extend<{
  /** Breaks something for the rest of the test, or mends it. */
  set: (fault: FaultName, on: boolean) => Promise<void>
}>({
  set: async ({ system }, use) => {
    const put = async (fault: FaultName, on: boolean) => {
      const [headers, body] = [{ 'content-type': 'application/json' }, JSON.stringify({ on })]
      const response = await fetch(`${system.faultsUrl}/faults/${fault}`, { method: 'PUT', headers, body })
      expect([response.status, await response.json()]).toEqual([200, { name: fault, on }])
    }
    const broken = new Set<FaultName>()
    await use(async (fault, on) => {
      broken.add(fault)
      await put(fault, on)
    })
    for (const fault of broken) await put(fault, false)
  },
})

const seconds = ({ startTimeUnixNano, endTimeUnixNano }: ReceivedSpan) =>
  Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1e9

/** Resolves as soon as somebody waits for a lock of the table of orders. */
async function waitForWaiter(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const query = "SELECT 1 FROM pg_locks WHERE relation = 'orders'::regclass AND NOT granted AND mode LIKE 'Row%'"
  while ((await client.query(query)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  await client.end()
}

for (const [fault, code, span] of [
  ['shop-db-refuses', 'order_not_saved', 'pg.query:INSERT shop'],
  ['files-refuse', 'model_not_stored', 'PutObject'],
] as const) {
  test(`${fault}: no order while it is on, and the trace says where`, async ({
    set,
    customer,
    collector,
    traceContext,
  }) => {
    const order = (headers = {}) => customer.send('/api/orders', { method: 'POST', body: createOrderForm(), headers })
    expect((await order()).status).toBe(201)
    await set(fault, true)
    const response = await order({ traceparent: traceContext.traceparent })
    expect([response.status, await response.json()]).toMatchObject([500, { error: { code } }])
    const spans = await collector.waitForTrace(traceContext.traceId, (found) => found.some(({ kind }) => kind === 2))
    const failed = spans.find(({ name }) => name === span)
    expect(failed?.status).toMatchObject({ code: 2, message: expect.stringContaining('broken on purpose') })
    await set(fault, false)
    expect((await order()).status).toBe(201)
  })
}

test('files-slow: the span of the file holds the three seconds', async ({ set, customer, collector, traceContext }) => {
  await set('files-slow', true)
  const headers = { traceparent: traceContext.traceparent }
  expect((await customer.send('/api/orders', { method: 'POST', body: createOrderForm(), headers })).status).toBe(201)
  const spans = await collector.waitForTrace(traceContext.traceId, (found) => found.some(({ kind }) => kind === 2))
  const [put] = spans.filter(({ name }) => name === 'PutObject')
  expect(put && seconds(put)).toBeGreaterThanOrEqual(2.9)
})

test('shop-db-lock: an order waits for the table, and is saved', async ({ set, customer, system }) => {
  await set('shop-db-lock', true)
  const waited = waitForWaiter(system.databaseUrl)
  const isWaiting = waited.then(() => true)
  // The table is free for a second in between, so the first may come through.
  for (;;) {
    const order = customer.send('/api/orders', { method: 'POST', body: createOrderForm() })
    const won = await Promise.race([isWaiting, order.then(() => false)])
    expect((await order).status).toBe(201)
    if (won) break
  }
})

test('mes-db-lock: an operator waits, and gets his order', async ({ set, customer, manager, operator, system }) => {
  const ids = [await placeApprovedOrder({ customer, manager, operator })]
  await set('mes-db-lock', true)
  const isWaiting = waitForWaiter(system.mesDatabaseUrl).then(() => true)
  // To take an order once more is no error, so it can be tried until one has met the lock.
  for (;;) {
    const taken = operator.post(`/api/orders/${ids[0]}/take`)
    const won = await Promise.race([isWaiting, taken.then(() => false)])
    expect((await taken).status).toBe(200)
    if (won) break
  }
})

test('queue-slow: each message takes two seconds, and arrives', async ({ set, customer, operator, collector }) => {
  await set('queue-slow', true)
  const id = await placeOrder({ customer, operator })
  const span = await collector.waitForSpan(
    ({ kind, service, attributes }) => kind === 5 && service === 'mes-api' && attributes.order_id === id,
  )
  expect(seconds(span)).toBeGreaterThanOrEqual(1.9)
})

test('queue-loses: the order is parked and never reaches the MES', async ({ set, customer, operator, collector }) => {
  await set('queue-loses', true)
  const created = await customer.send('/api/orders', { method: 'POST', body: createOrderForm() })
  const { id } = (await created.json()) as { id: string }
  const parked = await collector.waitForSpan(
    ({ attributes, events }) => attributes.order_id === id && events.some(({ name }) => name === 'message parked'),
  )
  expect(parked.status).toMatchObject({ code: 2, message: expect.stringContaining('broken on purpose') })
  expect((await operator.get(`/api/orders/${id}`)).status).toBe(404)
})

test('nothing but its own page switches, and only what there is', async ({ system, set }) => {
  await set('files-slow', true)
  const send = (path: string, body: string, headers = {}) =>
    fetch(`${system.faultsUrl}${path}`, {
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    })
  expect((await send('/faults/files-slow', '{"on":false}', { origin: system.shopUrl })).status).toBe(403)
  expect((await send('/faults/everything', '{"on":true}')).status).toBe(404)
  expect((await send('/faults/files-slow', '{"on":"yes"}')).status).toBe(422)
  expect((await send('/faults/files-slow', '{')).status).toBe(400)
  const { faults } = (await (await fetch(`${system.faultsUrl}/faults`)).json()) as {
    faults: { name: string; on: boolean }[]
  }
  expect(faults.filter(({ on }) => on).map(({ name }) => name)).toEqual(['files-slow'])
})

test('the page shows what is broken, and breaks and mends it', async ({ system, set, page }) => {
  await set('queue-slow', true)
  await page.goto(system.faultsUrl)
  await expect(page.getByRole('switch', { name: /разбирают её медленно/ })).toBeChecked()
  const files = page.getByRole('switch', { name: /файлы не сохраняются/ })
  await expect(files).not.toBeChecked()
  const answered = page.waitForResponse((response) => response.request().method() === 'PUT')
  await files.click()
  expect((await answered).status()).toBe(200)
  await set('files-refuse', false)
  await expect(files).not.toBeChecked()
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('switch', { name: /no file is stored/ })).toBeVisible()
})
