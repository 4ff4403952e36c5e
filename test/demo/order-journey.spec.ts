import { orderStatuses } from '../../demo/parts/orders/order-status'
import { createOrderForm } from './support/customer'
import type { Answer } from './support/employee'
import type { OtlpCollector, ReceivedSpan } from './support/otlp-collector'
import { announceSkipped } from './support/real-servers'
import { expect, test } from './support/system'

announceSkipped('the way of an order on a real PostgreSQL and RabbitMQ')

const isServer = ({ kind }: ReceivedSpan) => kind === 2
const isConsumer = ({ kind }: ReceivedSpan) => kind === 5
const isProducer = ({ kind }: ReceivedSpan) => kind === 4

/** One step of an order, and whether another service hears of it by the queue. */
interface Step {
  name: string
  traceId: string
  userId: string
  hops: string[]
}

test('an order goes through all nine statuses, each step one trace that is linked to the step before', async ({
  customer,
  manager,
  operator,
  traceContext,
  collector,
}) => {
  const submitted = await customer.send('/api/orders', {
    method: 'POST',
    headers: { traceparent: traceContext.traceparent },
    body: createOrderForm(),
  })
  const { id } = (await submitted.json()) as { id: string }
  const order = `/api/orders/${id}`
  const steps: Step[] = [
    { name: 'POST /api/orders', traceId: traceContext.traceId, userId: customer.userId, hops: ['shop-api', 'mes-api'] },
  ]
  const note = ({ status, traceId }: Answer<unknown>, name: string, userId: string, hops: string[]) => {
    expect(status, name).toBe(200)
    steps.push({ name: `POST /api/orders/:id/${name}`, traceId, userId, hops })
  }
  const work = async (name: string, body?: unknown) =>
    note(await operator.post(`${order}/${name}`, body), name, operator.userId, ['mes-api', 'crm-api'])

  await operator.waitForStatus(id, 'SUBMITTED')
  await work('price', { material: 'silver-925' })
  await manager.waitForStatus(id, 'PRICE_CALCULATED')
  note(await manager.post(`${order}/approve`), 'approve', manager.userId, ['crm-api', 'mes-api'])
  await operator.waitForStatus(id, 'MANUFACTURING_APPROVED')
  note(await operator.post(`${order}/take`), 'take', operator.userId, ['mes-api'])
  for (const name of ['start', 'complete', 'package']) await work(name)
  await manager.waitForStatus(id, 'PACKAGING')
  note(await manager.post(`${order}/ship`), 'ship', manager.userId, ['crm-api', 'mes-api'])
  note(await manager.post(`${order}/close`), 'close', manager.userId, ['crm-api'])
  await operator.waitForStatus(id, 'SHIPPED')

  // The customer sees the same order, whose price is 2 × (6,900 roubles and 15 for a KiB).
  const seen = (await (await customer.send(order)).json()) as { price: number; history: { status: string }[] }
  expect(seen.history.map(({ status }) => status)).toEqual([...orderStatuses])
  expect(seen.price).toBe(1_383_000)

  const servers = await Promise.all(steps.map((step) => checkStep(collector, step, id)))
  servers.slice(1).forEach((server, index) => {
    const before = servers[index]
    expect(server.links, server.name).toMatchObject([{ traceId: before?.traceId, spanId: before?.spanId }])
  })
})

/** Waits until the trace of the step is whole, and looks at every span of it. */
async function checkStep(collector: OtlpCollector, { name, traceId, userId, hops }: Step, orderId: string) {
  // The services send their spans each in its own time: the consumer's may be there before the producer's.
  const isWhole = (found: ReceivedSpan[]) =>
    found.some(isServer) && (hops.length === 1 || (found.some(isConsumer) && found.some(isProducer)))
  const spans = await collector.waitForTrace(traceId, isWhole)
  const server = spans.find(isServer) as ReceivedSpan
  expect(server).toMatchObject({ name, service: hops[0] })
  const known = new Set([server.parentSpanId, ...spans.map((span) => span.spanId)])
  for (const span of spans) {
    expect(span.attributes, `${name}: ${span.name}`).toMatchObject({ order_id: orderId, user_id: userId })
    expect(known, `${name}: the parent of ${span.name}`).toContain(span.parentSpanId)
    expect(span.status?.code ?? 0, `${name}: ${span.name}`).toBe(0)
  }
  const consumer = spans.find(isConsumer)
  const producer = spans.find(isProducer)
  if (hops.length === 1) expect([producer, consumer]).toEqual([undefined, undefined])
  else {
    expect(producer).toMatchObject({ service: hops[0] })
    expect(consumer).toMatchObject({ service: hops[1], parentSpanId: producer?.spanId })
    const written = spans.filter((span) => span.service === hops[1] && /COMMIT/.test(span.name))
    expect(written).toMatchObject([{ parentSpanId: consumer?.spanId }])
  }
  return server
}
