import type { Pool } from 'pg'
import { channel } from './postgres-consumer'
import { mostParked, type ParkedMessage } from './queue'

interface Row {
  message_id: string
  headers: Record<string, string>
  body: unknown
  parked_at: Date
  parked_reason: string | null
}

/** What is parked in the queue, the oldest first. */
export async function listParked(pool: Pool, queue: string): Promise<ParkedMessage[]> {
  const { rows } = await pool.query<Row>(
    `SELECT message_id, headers, body, parked_at, parked_reason FROM queue_messages
     WHERE queue = $1 AND parked_at IS NOT NULL ORDER BY parked_at, id LIMIT ${mostParked}`,
    [queue],
  )
  return rows.map(({ message_id: id, headers, body, parked_at, parked_reason }) => {
    return { id, headers, body, reason: parked_reason ?? '', parkedAt: parked_at.toISOString() }
  })
}

/** Puts a parked message back, with none of its attempts counted. */
export async function retryParked(pool: Pool, queue: string, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `WITH message AS (
       UPDATE queue_messages SET parked_at = NULL, parked_reason = NULL, available_at = now()
       WHERE queue = $1 AND message_id = $2 AND parked_at IS NOT NULL RETURNING id
     ), attempts AS (
       DELETE FROM queue_deliveries WHERE message IN (SELECT id FROM message)
     )
     SELECT pg_notify($3, $1) FROM message`,
    [queue, id, channel],
  )
  return rowCount === 1
}
