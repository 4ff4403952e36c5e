import type { ConfirmChannel, ConsumeMessage } from 'amqplib'
import { attemptDelivery } from './attempt'
import { keepConsuming } from './keep-consuming'
import type { Delivery } from './queue'
import { assertQueues, openRabbitChannel, passOn, relatedQueues } from './rabbit-channel'
import type { WakeUp } from './wake-up'

/** Counts the attempts that ended with an error; the server counts those that ended with the consumer's death. */
export const attemptHeader = 'x-attempt'

export interface ConsumerOptions {
  url: string
  queue: string
  retryDelays: readonly number[]
  handle: (delivery: Delivery) => Promise<void>
}

/** Handles messages one by one. RabbitMQ keeps each until it is acknowledged, and gives it to another if we die before. */
export function startRabbitConsumer(options: ConsumerOptions): { stop(): Promise<void> } {
  return keepConsuming(options.queue, (wakeUp) => consumeUntilClosed(options, wakeUp))
}

async function consumeUntilClosed(options: ConsumerOptions, wakeUp: WakeUp): Promise<void> {
  const { channel, closed, close } = await openRabbitChannel(options.url)
  let running: Promise<unknown> = Promise.resolve()
  try {
    await channel.prefetch(1)
    await assertQueues(channel, options)
    const { consumerTag } = await channel.consume(options.queue, (message) => {
      // Without a message the server says that the queue is gone. What is not acknowledged when the connection closes comes again.
      running = message ? handleMessage(channel, message, options).catch(close) : close()
    })
    closed.then(wakeUp.wake)
    await wakeUp.sleep()
    if (wakeUp.stopped) await channel.cancel(consumerTag).catch(() => undefined)
  } finally {
    await running
    await close()
  }
}

async function handleMessage(
  channel: ConfirmChannel,
  message: ConsumeMessage,
  { queue, retryDelays, handle }: ConsumerOptions,
): Promise<void> {
  const { content, properties } = message
  const delivery = { id: String(properties.messageId), body: undefined, attempt: countAttempts(message) }
  const outcome = await attemptDelivery(
    delivery,
    // Read in here, for a body that is no JSON is a failed attempt too.
    async (one) => handle({ ...one, body: JSON.parse(content.toString()) }),
    retryDelays,
  )
  if (outcome.kind !== 'done') {
    const { retry, parked } = relatedQueues(queue)
    const headers = {
      ...properties.headers,
      [attemptHeader]: delivery.attempt + 1,
      'x-reason': outcome.reason,
      ...(outcome.kind === 'park' && { 'x-parked-at': new Date().toISOString() }),
    }
    await passOn(channel, {
      queue: outcome.kind === 'retry' ? retry(outcome.delay) : parked,
      content,
      options: { messageId: delivery.id, headers },
    })
  }
  channel.ack(message)
}

function countAttempts({ properties: { headers } }: ConsumeMessage): number {
  return Number(headers?.[attemptHeader] ?? 1) + Number(headers?.['x-delivery-count'] ?? 0)
}
