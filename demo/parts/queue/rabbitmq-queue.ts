import { type Message, type Queue, type QueueOptions, standardRetryDelays } from './queue'
import { withProducerSpan } from './queue-span'
import { assertQueues, openRabbitChannel, type RabbitChannel, sendConfirmed } from './rabbit-channel'
import { startRabbitConsumer } from './rabbitmq-consumer'
import { listParked, retryParked } from './rabbitmq-parked'

/** The queue in RabbitMQ; its spans come from the instrumentation of amqplib. */
export function createRabbitQueue(
  url: string,
  { retryDelays = standardRetryDelays, prefix = '' }: QueueOptions,
): Queue {
  const consumers: { stop(): Promise<void> }[] = []
  const publisher = createPublisher(url, retryDelays)
  return {
    publish: (queue, message) => publisher.publish(prefix + queue, message),
    async consume(queue, handle) {
      consumers.push(startRabbitConsumer({ url, queue: prefix + queue, retryDelays, handle }))
    },
    listParked: (queue) => listParked({ url, queue: prefix + queue, retryDelays }),
    retryParked: (queue, id) => retryParked({ url, queue: prefix + queue, retryDelays }, id),
    async stop() {
      await Promise.all(consumers.map((consumer) => consumer.stop()))
      await publisher.stop()
    },
  }
}

/** Connects when there is something to publish, and again when the connection was lost meanwhile. */
function createPublisher(url: string, retryDelays: readonly number[]) {
  let opening: Promise<RabbitChannel> | undefined
  let asserted = new Set<string>()

  function open(): Promise<RabbitChannel> {
    opening ??= openRabbitChannel(url).then((opened) => {
      opened.closed.then(forget)
      return opened
    })
    opening.catch(forget)
    return opening
  }

  function forget(): void {
    opening = undefined
    asserted = new Set()
  }

  async function prepare(queue: string): Promise<RabbitChannel> {
    const opened = await open()
    if (!asserted.has(queue)) await assertQueues(opened.channel, { queue, retryDelays })
    asserted.add(queue)
    return opened
  }

  return {
    async publish(queue: string, { id, body }: Message): Promise<void> {
      const { channel } = await prepare(queue).catch((error: unknown) => {
        // The instrumentation begins its span when there is a channel; without one, the trace would not show the attempt.
        return withProducerSpan({ system: 'rabbitmq', queue, messageId: id }, () => Promise.reject(error))
      })
      await sendConfirmed(channel, { queue, content: Buffer.from(JSON.stringify(body)), options: { messageId: id } })
    },
    async stop(): Promise<void> {
      await (await opening?.catch(() => undefined))?.close()
    },
  }
}
