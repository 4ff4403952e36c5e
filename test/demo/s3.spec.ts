import { randomBytes } from 'node:crypto'
import { startSystem } from '../../demo/launcher/start-system'
import { createOrderForm } from './support/customer'
import { type FakeS3, startFakeS3 } from './support/fake-s3'
import { expect, test as withSystem } from './support/system'

/** The system with its models in S3. */
const test = withSystem.extend<object, { s3: FakeS3 }>({
  s3: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
    async ({}, use) => {
      const s3 = await startFakeS3()
      await use(s3)
      await s3.stop()
    },
    { scope: 'worker' },
  ],
  system: [
    async ({ s3, collector }, use) => {
      const env = { S3_ENDPOINT: s3.url, S3_BUCKET: 'models', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'key' }
      const system = await startSystem({ ports: 'any', dataDir: 'temporary', env, collectorUrl: collector.url })
      await use(system)
      await system.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})
// In one worker: a second system costs more time than it saves.
test.describe.configure({ mode: 'default' })

test('a model goes to the bucket whole and comes back, its spans in the trace of the order', async ({
  s3,
  collector,
  customer,
  traceContext,
}) => {
  const { traceId, traceparent } = traceContext
  const content = randomBytes(3_000_001)
  const body = createOrderForm({ model: { name: 'ring.stl', content } })
  const created = await customer.send('/api/orders', { method: 'POST', headers: { traceparent }, body })
  const { id } = (await created.json()) as { id: string }
  expect(s3.objects.get(`/models/${id}`)?.equals(content)).toBe(true)

  const model = await customer.send(`/api/orders/${id}/model`)
  expect(Buffer.from(await model.arrayBuffer()).equals(content)).toBe(true)

  const spans = await collector.waitForTrace(traceId, (found) => found.some((span) => span.kind === 2))
  const put = spans.find((span) => /PutObject$/.test(span.name))
  expect(put?.attributes).toMatchObject({
    ...{ order_id: id, user_id: customer.userId },
    'peer.service': '3d-files',
    'file.size': content.length,
  })
  expect(spans.map((span) => span.parentSpanId)).toContain(spans.find((span) => span.kind === 2)?.spanId)
})

test('a bucket that refuses leaves no order', async ({ s3, customer }) => {
  const before = s3.objects.size
  s3.broken = true
  const response = await customer.send('/api/orders', { method: 'POST', body: createOrderForm() })
  s3.broken = false
  expect([response.status, await response.json()]).toMatchObject([500, { error: { code: 'model_not_stored' } }])
  expect(await (await customer.send('/api/orders')).json()).toEqual([])
  expect(s3.objects.size).toBe(before)
})

test('an order with a bad quantity takes its model out of the bucket again', async ({ s3, customer }) => {
  const before = s3.objects.size
  const body = createOrderForm({ quantity: '0' })
  const response = await customer.send('/api/orders', { method: 'POST', body })
  expect(response.status).toBe(422)
  expect(s3.objects.size).toBe(before)
})
