import type { Queue, QueueOptions } from './queue'

/** Opens the queue that the URL names: RabbitMQ for `amqp:` and `amqps:`, a table of PostgreSQL for `postgres:`. */
export async function openQueue(url: string, options: QueueOptions = {}): Promise<Queue> {
  // Each is loaded only when it is used, for a service starts the faster.
  if (/^amqps?:/.test(url)) {
    const { createRabbitQueue } = await import('./rabbitmq-queue')
    return createRabbitQueue(url, options)
  }
  const { createPostgresQueue } = await import('./postgres-queue')
  return createPostgresQueue(url, options)
}
