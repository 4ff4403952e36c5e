import { context } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import { type ConfirmChannel, connect, type Options } from 'amqplib'

/** A channel on a connection of its own, which end together. */
export interface RabbitChannel {
  channel: ConfirmChannel
  /** Resolves when the connection is gone, for whatever reason. */
  closed: Promise<void>
  close(): Promise<void>
}

/** Connects to RabbitMQ. */
export async function openRabbitChannel(url: string): Promise<RabbitChannel> {
  const connection = await connect(url, { timeout: 5000 })
  // What breaks is told by `close` as well; unheard, these events would end the process.
  connection.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => connection.once('close', () => resolve()))
  const close = () => connection.close().catch(() => undefined)
  const channel = await connection.createConfirmChannel()
  channel.on('error', () => undefined)
  // A channel is useless when it is closed, so is its connection then.
  channel.once('close', () => void close())
  return { channel, closed, close }
}

/** The queues that belong to one: those that hold a message until its next attempt, and that for parked messages. */
export function relatedQueues(queue: string) {
  return { retry: (delay: number) => `${queue}.retry.${delay}`, parked: `${queue}.parked` }
}

/** Makes the queue and what belongs to it, so that publisher and consumer may start in any order. */
export async function assertQueues(
  channel: ConfirmChannel,
  { queue, retryDelays }: { queue: string; retryDelays: readonly number[] },
): Promise<void> {
  const { retry, parked } = relatedQueues(queue)
  // A quorum queue counts how often it has delivered a message, also when the consumer died over it.
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } })
  await channel.assertQueue(parked, { durable: true })
  for (const delay of new Set(retryDelays)) {
    const back = { deadLetterExchange: '', deadLetterRoutingKey: queue }
    await channel.assertQueue(retry(delay), { durable: true, messageTtl: delay, ...back })
  }
}

/** Sends to a queue, and resolves when the server has the message on its disk. */
export function sendConfirmed(
  channel: ConfirmChannel,
  { queue, content, options }: { queue: string; content: Buffer; options: Options.Publish },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error: unknown) => (error ? reject(error) : resolve())
    channel.sendToQueue(queue, content, { persistent: true, contentType: 'application/json', ...options }, settle)
  })
}

/** Sends a message on as it came, in the trace of its publisher rather than in ours. */
export function passOn(...args: Parameters<typeof sendConfirmed>): Promise<void> {
  return context.with(suppressTracing(context.active()), () => sendConfirmed(...args))
}
