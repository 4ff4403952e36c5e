import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { queues } from '../../demo/parts/orders/order-messages'
import { channel } from '../../demo/parts/queue/postgres-consumer'
import type { OtlpCollector, ReceivedSpan } from './support/otlp-collector'
import { placeApprovedOrder, placeOrder } from './support/placed-order'
import { expect, test as withSystem } from './support/system'
import { createTraceContext } from './support/trace-context'

interface Trouble {
  /** The database of the queue, which these tests disturb. */
  queueDb: pg.Pool
  /** Sends a message to the CRM as the MES would, and gives its trace. */
  tellCrm: (body: unknown) => Promise<string>
}

const test = withSystem.extend<Trouble>({
  queueDb: async ({ system }, use) => {
    const pool = new pg.Pool({ connectionString: system.queueUrl, max: 1 })
    await use(pool)
    await pool.end()
  },
  tellCrm: async ({ queueDb }, use) => {
    await use(async (body) => {
      const { traceId, traceparent } = createTraceContext()
      const headers = { traceparent, baggage: 'user_id=u-operator-1,secret=1' }
      const query = 'INSERT INTO queue_messages (queue, message_id, headers, body) VALUES ($1, $2, $3, $4)'
      await queueDb.query(query, [queues.fromMes, randomUUID(), headers, body])
      await queueDb.query('SELECT pg_notify($1, $2)', [channel, queues.fromMes])
      return traceId
    })
  },
})
// They disturb a whole system, so one after the other.
test.describe.configure({ mode: 'default' })

const isConsumer = ({ kind }: ReceivedSpan) => kind === 5
const isProducer = ({ kind }: ReceivedSpan) => kind === 4
const hasFailed = ({ status }: ReceivedSpan) => status?.code === 2

async function waitForAttempts(collector: OtlpCollector, traceId: string, count: number) {
  const spans = await collector.waitForTrace(traceId, (found) => found.filter(isConsumer).length >= count)
  const consumers = spans.filter(isConsumer)
  expect(consumers.map(({ attributes }) => attributes['messaging.attempt']).sort()).toEqual(
    Array.from({ length: count }, (_, index) => index + 1),
  )
  return consumers
}

test('an order that is approved while the queue is away reaches the MES when it is back, and its trace tells of both', async ({
  customer,
  manager,
  operator,
  queueDb,
  collector,
  database,
}) => {
  const id = await placeOrder({ customer, operator })
  await queueDb.query('ALTER TABLE queue_messages RENAME TO queue_messages_away')
  let traceId: string
  try {
    const approved = await manager.post(`/api/orders/${id}/approve`)
    expect([approved.status, approved.body]).toMatchObject([200, { status: 'MANUFACTURING_APPROVED' }])
    traceId = approved.traceId
    const failed = await collector.waitForTrace(traceId, (found) => found.some(isProducer))
    expect(failed.find(isProducer)).toMatchObject({ status: { code: 2 }, attributes: { order_id: id } })
    expect((await operator.get(`/api/orders/${id}`)).body).toMatchObject({ status: 'SUBMITTED' })
  } finally {
    await queueDb.query('ALTER TABLE queue_messages_away RENAME TO queue_messages')
  }
  await operator.waitForStatus(id, 'MANUFACTURING_APPROVED')
  const isSent = (span: ReceivedSpan) => isProducer(span) && !hasFailed(span)
  const spans = await collector.waitForTrace(traceId, (found) => found.some(isConsumer) && found.some(isSent))
  const sent = spans.find(isSent)
  expect(spans.filter(isConsumer)).toMatchObject([{ service: 'mes-api', parentSpanId: sent?.spanId }])
  const { rows } = await database.query('SELECT 1 FROM outbox')
  expect(rows).toEqual([])
})

test('an approval whose message cannot be kept is no approval', async ({ customer, manager, operator, database }) => {
  const id = await placeOrder({ customer, operator })
  await database.query("ALTER TABLE outbox ADD CONSTRAINT broken CHECK (sender <> 'crm-api') NOT VALID")
  try {
    const { status, body } = await manager.post(`/api/orders/${id}/approve`)
    expect([status, body]).toMatchObject([500, { error: { code: 'order_not_changed' } }])
  } finally {
    await database.query('ALTER TABLE outbox DROP CONSTRAINT broken')
  }
  expect((await manager.get(`/api/orders/${id}`)).body).toMatchObject({ status: 'SUBMITTED' })
  expect((await manager.post(`/api/orders/${id}/approve`)).status).toBe(200)
})

test('a status that comes too early is refused and comes again, until the one between has come', async ({
  customer,
  manager,
  operator,
  tellCrm,
  collector,
}) => {
  const id = await placeApprovedOrder({ customer, manager, operator })
  const early = await tellCrm({ orderId: id, status: 'MANUFACTURING_COMPLETED', step: null, price: null })
  const refused = (await collector.waitForTrace(early, (found) => found.some(isConsumer))).find(isConsumer)
  expect(refused).toMatchObject({
    service: 'crm-api',
    status: { code: 2, message: expect.stringContaining('it can become MANUFACTURING_STARTED, not') },
    attributes: { order_id: id, user_id: 'u-operator-1', 'error.type': 'status_not_allowed' },
  })
  await tellCrm({ orderId: id, status: 'MANUFACTURING_STARTED', step: null, price: null })
  await manager.waitForStatus(id, 'MANUFACTURING_COMPLETED')
})

test('a status that comes late or twice changes nothing, yet a late price is taken', async ({
  customer,
  manager,
  operator,
  tellCrm,
  collector,
}) => {
  const id = await placeApprovedOrder({ customer, manager, operator })
  const traceId = await tellCrm({ orderId: id, status: 'PRICE_CALCULATED', step: null, price: 12_300 })
  const [consumer] = await waitForAttempts(collector, traceId, 1)
  expect(consumer?.status?.code ?? 0).toBe(0)
  expect(consumer?.events).toMatchObject([{ name: 'status passed already' }])
  const { body } = await manager.get<{ history: unknown[] }>(`/api/orders/${id}`)
  expect(body).toMatchObject({ status: 'MANUFACTURING_APPROVED', price: 12_300 })
  expect(body.history).toHaveLength(3)
})

const poisons = {
  'no order number': [{ status: 'PACKAGING', price: null }, 'the message is malformed: orderId'],
  'an unknown status': [{ orderId: 'o-1', status: 'LOST', price: null }, 'the message is malformed: status'],
  'a price of nothing': [{ orderId: 'o-1', status: 'PACKAGING', price: -1 }, 'the message is malformed: price'],
  'no object': ['PACKAGING', 'the message is malformed: price'],
  'an unknown order': [{ orderId: 'o-1', status: 'PACKAGING', price: null }, 'there is no such order in the Shop DB'],
} as const

test('poisoned messages are parked with their reasons, and nothing but the two ids is taken from their baggage', async ({
  tellCrm,
  collector,
  queueDb,
}) => {
  const traces: [string, string][] = []
  for (const [body, reason] of Object.values(poisons)) traces.push([await tellCrm(JSON.stringify(body)), reason])
  for (const [traceId, reason] of traces) {
    const consumers = await waitForAttempts(collector, traceId, 4)
    for (const span of consumers) {
      expect(span).toMatchObject({ status: { code: 2, message: reason }, attributes: { user_id: 'u-operator-1' } })
      expect(JSON.stringify(span)).not.toContain('secret')
    }
  }
  // Those of this test: others park messages too.
  const { rows } = await queueDb.query<{ parked_reason: string }>(
    "SELECT parked_reason FROM queue_messages WHERE parked_at IS NOT NULL AND split_part(headers->>'traceparent', '-', 2) = ANY($1)",
    [traces.map(([traceId]) => traceId)],
  )
  const reasons = rows.map((row) => row.parked_reason).sort()
  expect(reasons).toEqual(traces.map(([, reason]) => reason).sort())
})

test('consumers whose connection is cut connect again', async ({ customer, operator, queueDb }) => {
  const others = 'datname = current_database() AND pid <> pg_backend_pid()'
  const { rowCount } = await queueDb.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`)
  expect(rowCount).toBeGreaterThanOrEqual(2)
  await placeOrder({ customer, operator })
})
