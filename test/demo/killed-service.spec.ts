import pg from 'pg'
import { startService } from '../../demo/launcher/service'
import type { ReceivedSpan } from './support/otlp-collector'
import { placeOrder } from './support/placed-order'
import { expect, test } from './support/system'

// What is killed here is missing afterwards.
test.use({ ownSystem: 'killed-service' })

const hasBothEnds = (spans: ReceivedSpan[]) =>
  spans.some(({ kind, parentSpanId }) => kind === 5 && spans.some(({ spanId }) => spanId === parentSpanId))

test('a service that is killed after it committed and before it published loses nothing', async ({
  system,
  collector,
  customer,
  manager,
  operator,
}) => {
  const id = await placeOrder({ customer, operator })
  const queue = new pg.Client({ connectionString: system.queueUrl })
  await queue.connect()
  // The queue takes nothing, so the message stays in the outbox, between commit and publish.
  await queue.query('ALTER TABLE queue_messages RENAME TO queue_messages_away')
  const { status, traceId } = await operator.post(`/api/orders/${id}/price`, { material: 'silver-925' })
  expect(status).toBe(200)
  await collector.waitForTrace(traceId, (found) => found.some(({ kind, status }) => kind === 4 && status?.code === 2))
  process.kill(system.pids['MES API'] ?? Number.NaN, 'SIGKILL')
  await queue.query('ALTER TABLE queue_messages_away RENAME TO queue_messages')
  await queue.end()
  // It would stay so: nobody else sends what is in this outbox.
  expect((await manager.get<{ status: string }>(`/api/orders/${id}`)).body.status).toBe('SUBMITTED')

  const { port } = new URL(system.mesApiUrl)
  const restarted = await startService({
    name: 'MES API',
    entry: 'mes-api/server.ts',
    traceAs: 'mes-api',
    port: Number(port),
    env: {
      MES_DB_URL: system.mesDatabaseUrl,
      QUEUE_URL: system.queueUrl,
      OTEL_EXPORTER_OTLP_ENDPOINT: system.collectorUrl,
      // Nobody calls it here.
      OIDC_ISSUER: 'http://127.0.0.1:9',
      OIDC_ROLES_CLAIM: 'roles',
      OIDC_AUDIENCE: 'mes-api',
    },
    log: system.log,
    onExit: system.log,
  })
  try {
    await manager.waitForStatus(id, 'PRICE_CALCULATED')
    // Sent by another process, and still in the trace of the step.
    const spans = await collector.waitForTrace(traceId, hasBothEnds)
    const consumer = spans.find(({ kind }) => kind === 5)
    const producer = spans.find(({ spanId }) => spanId === consumer?.parentSpanId)
    expect([producer?.service, consumer?.service]).toEqual(['mes-api', 'crm-api'])
    expect([producer?.attributes.order_id, producer?.attributes.user_id]).toEqual([id, operator.userId])
  } finally {
    await restarted.stop()
  }
})
