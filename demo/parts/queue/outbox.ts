import { randomUUID } from 'node:crypto'
import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import type { Pool, PoolClient } from 'pg'
import { inTransaction } from '../postgres/database'
import type { Queue } from './queue'
import { type Headers, inContextOf, writeHeaders } from './queue-span'
import { createWakeUp, type WakeUp } from './wake-up'

/** How often to look for what another process left, or a failed attempt, ms. */
const lookInterval = 2000
/** The longest pause while the queue does not take anything, ms: each attempt is a failed span in the order's trace. */
const longestPause = 30_000

/**
 * Messages that are written with the change that they tell of, in one transaction of one database, and sent to the queue
 * afterwards: an order cannot be approved and yet never reach the MES, nor reach it without being approved.
 */
export interface Outbox {
  /** Writes a message in the caller's transaction, with the active trace context. */
  add(client: PoolClient, message: { queue: string; body: unknown }): Promise<void>
  /** Sends what has been committed, now rather than at the next look. */
  wake(): void
  stop(): Promise<void>
}

interface Row {
  id: string
  message_id: string
  queue: string
  headers: Headers
  body: unknown
}

/** Starts to send what is in the table `outbox` of this database; `sender` leaves the messages of other services alone. */
export function startOutbox(pool: Pool, { queue, sender }: { queue: Queue; sender: string }): Outbox {
  const wakeUp = createWakeUp()
  const ended = context.with(ROOT_CONTEXT, () => keepSending(wakeUp, () => sendNext(pool, { queue, sender })))
  return {
    async add(client, message) {
      await client.query('INSERT INTO outbox (sender, message_id, queue, headers, body) VALUES ($1, $2, $3, $4, $5)', [
        sender,
        randomUUID(),
        message.queue,
        JSON.stringify(writeHeaders()),
        JSON.stringify(message.body),
      ])
    },
    wake: wakeUp.wake,
    async stop() {
      wakeUp.stop()
      await ended
    },
  }
}

async function keepSending(wakeUp: WakeUp, send: () => Promise<boolean>): Promise<void> {
  let failures = 0
  while (!wakeUp.stopped) {
    try {
      const sent = await send()
      failures = 0
      if (!sent) await wakeUp.sleep(lookInterval)
    } catch (error) {
      console.error(`Outbox: ${error instanceof Error ? error.message : error}`)
      await wakeUp.sleep(Math.min(500 * 2 ** failures++, longestPause))
    }
  }
}

/** Sends the oldest message, in the trace that it belongs to, and forgets it when the queue has it. */
function sendNext(pool: Pool, { queue, sender }: { queue: Queue; sender: string }): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<Row>(
      `SELECT id, message_id, queue, headers, body FROM outbox WHERE sender = $1
       ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1`,
      [sender],
    )
    const [row] = rows
    if (!row) return false
    await inContextOf(row.headers, () => queue.publish(row.queue, { id: row.message_id, body: row.body }))
    await client.query('DELETE FROM outbox WHERE id = $1', [row.id])
    return true
  })
}
