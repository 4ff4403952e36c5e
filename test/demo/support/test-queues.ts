import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'amqplib'
import pg from 'pg'
import { findAnyPort } from '../../../demo/launcher/ports'
import { startPostgres } from '../../../demo/parts/postgres/postgres'
import { rabbitUrl } from './real-servers'

/** A message that was given up, as a person finds it. */
export interface ParkedMessage {
  body: unknown
  headers: Record<string, string>
  reason: string
}

/** A server with queues for one test file. */
export interface TestQueue {
  url: string
  prefix: string
  /** The parked messages of a queue. */
  readParked(queue: string): Promise<ParkedMessage[]>
  stop(): Promise<void>
}

/** The queue in the embedded PostgreSQL. */
export async function startPostgresQueue(): Promise<TestQueue> {
  const folder = await mkdtemp(join(tmpdir(), 'ordertrace-test-'))
  await chmod(folder, 0o711)
  const postgres = await startPostgres({ folder, choosePort: findAnyPort })
  const url = postgres.urls.queue
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  // `end` does not wait for the connections: one may still hear that the server stops, and unheard it would end the worker.
  pool.on('error', () => undefined)
  return {
    url,
    prefix: 'test.',
    async readParked(queue) {
      const query =
        'SELECT body, headers, parked_reason AS reason FROM queue_messages WHERE queue = $1 AND parked_at IS NOT NULL'
      const { rows } = await pool.query<ParkedMessage>(query, [`test.${queue}`])
      return rows
    },
    async stop() {
      await pool.end()
      await postgres.stop()
      await rm(folder, { recursive: true })
    },
  }
}

/** The queue in the RabbitMQ of {@link rabbitUrl}, whose queues are removed again. */
export async function openRabbitQueue(queues: string[], retryDelays: number[]): Promise<TestQueue> {
  const url = rabbitUrl ?? ''
  const prefix = `test-${randomBytes(4).toString('hex')}.`
  const connection = await connect(url)
  const channel = await connection.createChannel()
  return {
    url,
    prefix,
    async readParked(queue) {
      const message = await channel.get(`${prefix}${queue}.parked`)
      if (!message) return []
      const headers = message.properties.headers as Record<string, string>
      return [{ body: JSON.parse(message.content.toString()), headers, reason: headers['x-reason'] ?? '' }]
    },
    async stop() {
      await connection.close()
      await deleteRabbitQueues(url, { prefix, queues, retryDelays })
    },
  }
}

/** Removes the queues, and those that hold messages until their next attempt or for good. */
export async function deleteRabbitQueues(
  url: string,
  { prefix, queues, retryDelays }: { prefix: string; queues: string[]; retryDelays: number[] },
): Promise<void> {
  const connection = await connect(url)
  const channel = await connection.createChannel()
  for (const queue of queues) {
    for (const end of ['', '.parked', ...retryDelays.map((delay) => `.retry.${delay}`)]) {
      await channel.deleteQueue(prefix + queue + end)
    }
  }
  await connection.close()
}
