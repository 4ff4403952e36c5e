import { randomUUID } from 'node:crypto'
import { test as base, expect } from '@playwright/test'
import { openQueue } from '../../demo/parts/queue/open-queue'
import type { Delivery } from '../../demo/parts/queue/queue'
import { startCuttable } from './support/cuttable'
import { type OtlpCollector, type ReceivedSpan, startOtlpCollector } from './support/otlp-collector'
import { type QueueWorker, startQueueWorker, type TestBody } from './support/queue-workers'
import { announceSkipped, rabbitUrl } from './support/real-servers'
import { openRabbitQueue, startPostgresQueue, type TestQueue } from './support/test-queues'

const retryDelays = [50]
const isConsumer = ({ kind }: ReceivedSpan) => kind === 5

interface PerWorker {
  collector: OtlpCollector
  server: TestQueue
  startWorker: () => Promise<QueueWorker>
}

announceSkipped('the queue tests on RabbitMQ')

for (const [name, open] of [
  ['PostgreSQL', startPostgresQueue],
  ['RabbitMQ', () => openRabbitQueue(['orders'], retryDelays)],
] as const) {
  const test = base.extend<object, PerWorker>({
    collector: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
      async ({}, use) => {
        const collector = await startOtlpCollector()
        await use(collector)
        await collector.stop()
      },
      { scope: 'worker' },
    ],
    server: [
      // biome-ignore lint/correctness/noEmptyPattern: as above
      async ({}, use) => {
        const server = await open()
        await use(server)
        await server.stop()
      },
      { scope: 'worker', timeout: 60_000 },
    ],
    startWorker: [
      async ({ server, collector }, use) => {
        const workers: QueueWorker[] = []
        await use(async () => {
          const worker = await startQueueWorker({
            QUEUE_URL: server.url,
            QUEUE_PREFIX: server.prefix,
            QUEUE_RETRY_DELAYS: retryDelays.join(),
            OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
          })
          workers.push(worker)
          return worker
        })
        await Promise.all(workers.map((worker) => worker.stop()))
      },
      { scope: 'worker' },
    ],
  })

  test.describe(`the queue on ${name}`, () => {
    test.describe.configure({ mode: 'default' })
    test.skip(name === 'RabbitMQ' && !rabbitUrl, 'TEST_RABBITMQ_URL is not set')

    let publisher: QueueWorker

    test.beforeAll(async ({ startWorker }) => {
      publisher = await startWorker()
    })

    /** Publishes a message of an order of its own. */
    async function publish(body: TestBody) {
      const message = { id: randomUUID(), orderId: `o-${randomUUID().slice(0, 8)}`, userId: 'u-7', body }
      await publisher.tell({ publish: message })
      return message
    }

    /** The order's producer span, and so many consumer spans in the order of their start. */
    async function waitForSpans(collector: OtlpCollector, orderId: string, attempts: number) {
      const isOfOrder = (span: ReceivedSpan) => span.attributes.order_id === orderId
      const { traceId } = await collector.waitForSpan((span) => isOfOrder(span) && span.name === 'step')
      const isEnough = (spans: ReceivedSpan[]) => spans.filter(isConsumer).length >= attempts
      const spans = await collector.waitForTrace(traceId, isEnough)
      for (const span of spans) expect(span.attributes, span.name).toMatchObject({ order_id: orderId, user_id: 'u-7' })
      const byAttempt = (a: ReceivedSpan, b: ReceivedSpan) =>
        Number(a.attributes['messaging.attempt']) - Number(b.attributes['messaging.attempt'])
      const producer = spans.find(({ kind }) => kind === 4)
      return { producer, consumers: spans.filter(isConsumer).sort(byAttempt) }
    }

    test('a consumer continues the trace of the publisher, and retries are children of the same publisher', async ({
      collector,
      startWorker,
    }) => {
      const consumer = await startWorker()
      await consumer.tell({ consume: true })
      const good = await publish({})
      const failing = await publish({ failures: 1 })
      await consumer.waitFor(({ id, attempt }) => id === failing.id && attempt === 2)
      expect(consumer.deliveries.filter(({ id }) => id === good.id)).toMatchObject([{ attempt: 1, body: {} }])

      const { producer, consumers } = await waitForSpans(collector, good.orderId, 1)
      expect(producer?.name).toMatch(/^publish .*orders$/)
      expect(consumers).toMatchObject([{ parentSpanId: producer?.spanId, attributes: { 'messaging.attempt': 1 } }])
      expect(consumers[0]?.name).toMatch(/^process .*orders$/)

      const retried = await waitForSpans(collector, failing.orderId, 2)
      const parentSpanId = retried.producer?.spanId
      expect(retried.consumers).toMatchObject([
        { parentSpanId, attributes: { 'messaging.attempt': 1 }, status: { code: 2, message: 'failure 1' } },
        { parentSpanId, attributes: { 'messaging.attempt': 2 } },
      ])
      expect(retried.consumers[1]?.status?.code ?? 0).toBe(0)
      expect(retried.consumers[0]?.events).toMatchObject([
        { name: 'message comes again', attributes: { 'messaging.retry_delay_ms': 50 } },
      ])
      await consumer.stop()
    })

    test('a poisoned message is parked with its reason and its trace, and those behind it are handled', async ({
      collector,
      startWorker,
      server,
    }) => {
      const consumer = await startWorker()
      await consumer.tell({ consume: true })
      const poisoned = await publish({ failures: 99 })
      const behind = await publish({})
      await consumer.waitFor(({ id }) => id === behind.id)

      const { producer, consumers } = await waitForSpans(collector, poisoned.orderId, 2)
      expect(consumers.map(({ attributes }) => attributes['messaging.attempt'])).toEqual([1, 2])
      expect(consumers[1]).toMatchObject({ status: { code: 2 }, events: [{ name: 'message parked' }] })
      const parked = await server.readParked('orders')
      expect(parked).toMatchObject([{ body: { failures: 99 }, reason: 'failure 2' }])
      expect(parked[0]?.headers.traceparent).toContain(`${producer?.traceId}-${producer?.spanId}`)
      await consumer.stop()
      expect(consumer.deliveries.filter(({ id }) => id === poisoned.id)).toHaveLength(2)
    })

    test('a consumer that dies in the middle loses nothing, and a message that kills them all is parked', async ({
      collector,
      startWorker,
      server,
    }) => {
      const [first, second, third] = await Promise.all([startWorker(), startWorker(), startWorker()])
      const once = await publish({ deaths: 1 })
      await first.tell({ consume: true })
      await first.exited
      expect(first.deliveries).toMatchObject([{ id: once.id, attempt: 1 }])

      await second.tell({ consume: true })
      expect(await second.waitFor(({ id }) => id === once.id)).toMatchObject({ attempt: 2 })
      // The span of the dead consumer died with it.
      const { producer, consumers } = await waitForSpans(collector, once.orderId, 1)
      expect(consumers).toMatchObject([{ parentSpanId: producer?.spanId, attributes: { 'messaging.attempt': 2 } }])

      const always = await publish({ deaths: 99 })
      await second.exited
      await third.tell({ consume: true })
      await third.exited
      expect(third.deliveries).toMatchObject([{ id: always.id, attempt: 2 }])
      const fourth = await startWorker()
      await fourth.tell({ consume: true })
      const last = (await waitForSpans(collector, always.orderId, 1)).consumers[0]
      expect(last).toMatchObject({
        attributes: { 'messaging.attempt': 3 },
        status: { message: 'every attempt ended with the death of its consumer' },
      })
      await fourth.stop()
      expect(fourth.deliveries).toEqual([])
      expect((await server.readParked('orders')).map(({ body }) => body)).toContainEqual({ deaths: 99 })
    })

    test('a parked message is listed with its reason and its publisher’s context, and is attempted anew when asked for', async ({
      server,
    }) => {
      const queue = await openQueue(server.url, { prefix: server.prefix, retryDelays })
      const id = randomUUID()
      const attempts: number[] = []
      let isRepaired = false
      await queue.consume('orders', async ({ id: delivered, attempt }) => {
        if (delivered !== id) return
        attempts.push(attempt)
        if (!isRepaired) throw new Error('not repaired yet')
      })
      await queue.publish('orders', { id, body: { piece: 'ring' } })
      const parked = async () => (await queue.listParked('orders')).filter((message) => message.id === id)
      await expect
        .poll(parked, { timeout: 15_000 })
        .toMatchObject([{ body: { piece: 'ring' }, reason: 'not repaired yet' }])
      // Looking takes nothing away.
      const [message] = await parked()
      expect(Date.parse(message?.parkedAt ?? '')).toBeGreaterThan(Date.now() - 60_000)

      isRepaired = true
      expect(await queue.retryParked('orders', id)).toBe(true)
      await expect.poll(() => attempts, { timeout: 15_000 }).toEqual([1, 2, 1])
      expect(await parked()).toEqual([])
      expect(await queue.retryParked('orders', id)).toBe(false)
      await queue.stop()
    })

    test('a connection that is cut in the middle of a message is made again, and the message comes again', async ({
      server,
    }) => {
      const way = await startCuttable(server.url)
      const queue = await openQueue(way.url, { prefix: server.prefix, retryDelays })
      const publish = (id: string) => queue.publish('orders', { id, body: {} })
      // Not cut before its publisher knows that it is there, or it would be published twice.
      const published = publish('in the middle')
      const deliveries: Delivery[] = []
      const handled = new Promise<void>((resolve) => {
        queue.consume('orders', async (delivery) => {
          deliveries.push(delivery)
          if (delivery.id === 'after') resolve()
          else if (delivery.attempt === 1) await published.then(way.cut)
        })
      })
      await published
      await expect.poll(() => deliveries.length, { timeout: 15_000 }).toBe(2)
      // The first attempt may meet the connection that is gone; an outbox would try again, and so do we.
      await publish('after').catch(() => publish('after'))
      await handled
      expect(deliveries.map(({ id, attempt }) => `${id}: ${attempt}`)).toEqual([
        'in the middle: 1',
        'in the middle: 2',
        'after: 1',
      ])
      await queue.stop()
      await way.stop()
    })
  })
}
