import { rename, rm, writeFile } from 'node:fs/promises'
import { createOrderForm } from './support/customer'
import { expect, test } from './support/system'

test('an order that the database refuses leaves no file, and a trace that names the database', async ({
  customer,
  database,
  collector,
  countStored,
  traceContext,
}) => {
  const before = await countStored()
  // Fails the second insert of the transaction, so that there is a first one to take back.
  await database.query("ALTER TABLE order_status_history ADD CONSTRAINT broken CHECK (status <> 'SUBMITTED') NOT VALID")
  try {
    const response = await customer.send('/api/orders', {
      method: 'POST',
      headers: { traceparent: traceContext.traceparent },
      body: createOrderForm(),
    })
    expect([response.status, await response.json()]).toMatchObject([500, { error: { code: 'order_not_saved' } }])
  } finally {
    await database.query('ALTER TABLE order_status_history DROP CONSTRAINT broken')
  }
  const spans = await collector.waitForTrace(traceContext.traceId, (found) => found.some((span) => span.kind === 2))
  const failed = spans.filter((span) => span.status?.code === 2).map((span) => span.name)
  expect(failed).toEqual(expect.arrayContaining(['POST /api/orders', 'pg.query:INSERT shop']))
  expect(failed).not.toContain('PutObject')
  expect(spans.find((span) => span.kind === 2)?.attributes['error.type']).toBe('order_not_saved')
  expect(await countStored()).toEqual(before)
})

test('a model that cannot be stored leaves no order, and a trace that names the storage', async ({
  customer,
  system,
  collector,
  countStored,
  traceContext,
}) => {
  const before = await countStored()
  await rename(system.modelFolder, `${system.modelFolder}.aside`)
  await writeFile(system.modelFolder, 'a file where the folder was')
  try {
    const response = await customer.send('/api/orders', {
      method: 'POST',
      headers: { traceparent: traceContext.traceparent },
      body: createOrderForm({ model: { name: 'ring.stl', content: new Uint8Array(5_000_000) } }),
    })
    expect([response.status, await response.json()]).toMatchObject([500, { error: { code: 'model_not_stored' } }])
  } finally {
    await rm(system.modelFolder)
    await rename(`${system.modelFolder}.aside`, system.modelFolder)
  }
  const spans = await collector.waitForTrace(traceContext.traceId, (found) => found.some((span) => span.kind === 2))
  const storage = spans.find((span) => span.name === 'PutObject')
  expect(storage).toMatchObject({
    status: { code: 2 },
    attributes: { user_id: customer.userId, 'error.type': 'ENOTDIR' },
  })
  expect(spans.find((span) => span.kind === 2)?.attributes['error.type']).toBe('model_not_stored')
  expect(await countStored()).toEqual(before)
})
