import type { Pool } from 'pg'
import { migrate, openDatabase } from '../postgres/database'
import { channel, startConsumer } from './postgres-consumer'
import { listParked, retryParked } from './postgres-parked'
import { type Message, type Queue, type QueueOptions, standardRetryDelays } from './queue'
import { withProducerSpan } from './queue-span'

/** A queue in a table of PostgreSQL, for machines without RabbitMQ; made when it is not there yet. */
export async function createPostgresQueue(url: string, options: QueueOptions = {}): Promise<Queue> {
  const { retryDelays = standardRetryDelays, prefix = '' } = options
  const pool = openDatabase(url, { name: 'Queue', max: 3 })
  const consumers: { stop(): Promise<void> }[] = []
  await migrate(pool, new URL('./migrations/', import.meta.url))
  return {
    publish: (queue, message) => publish(pool, prefix + queue, message),
    async consume(queue, handle) {
      consumers.push(startConsumer({ url, pool, queue: prefix + queue, retryDelays, handle }))
    },
    listParked: (queue) => listParked(pool, prefix + queue),
    retryParked: (queue, id) => retryParked(pool, prefix + queue, id),
    async stop() {
      await Promise.all(consumers.map((consumer) => consumer.stop()))
      await pool.end()
    },
  }
}

function publish(pool: Pool, queue: string, { id, body }: Message): Promise<void> {
  return withProducerSpan({ system: 'postgresql', queue, messageId: id }, async (headers) => {
    await pool.query(
      `WITH message AS (
         INSERT INTO queue_messages (queue, message_id, headers, body) VALUES ($1, $2, $3, $4)
         ON CONFLICT (message_id) DO NOTHING
       )
       SELECT pg_notify($5, $1)`,
      [queue, id, JSON.stringify(headers), JSON.stringify(body), channel],
    )
  })
}
