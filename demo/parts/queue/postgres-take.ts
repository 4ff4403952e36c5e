import type pg from 'pg'
import type { Delivery } from './queue'
import type { Headers } from './queue-span'

/** A message in our hands, with its row in the table. */
export interface Taken extends Delivery {
  row: string
  headers: Headers
}

/** The message, held by an open transaction, or how long until the next one is due, ms. */
export type TakeResult = { message: Taken } | { message?: undefined; nextIn: number | undefined }

interface Row {
  id: string
  message_id: string
  headers: Headers
  body: unknown
}

/** Takes the first message that is due and that nobody else has. */
export async function takeMessage(
  client: pg.Client,
  { pool, queue }: { pool: pg.Pool; queue: string },
): Promise<TakeResult> {
  await client.query('BEGIN')
  const { rows } = await client.query<Row>(
    `SELECT id, message_id, headers, body FROM queue_messages
     WHERE queue = $1 AND parked_at IS NULL AND available_at <= now()
     ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1`,
    [queue],
  )
  const [row] = rows
  if (row) {
    const { id, message_id, headers, body } = row
    return { message: { row: id, id: message_id, headers, body, attempt: await countAttempt(pool, id) } }
  }
  const nextIn = await findNextDue(client, queue)
  await client.query('COMMIT')
  return { nextIn }
}

/** Written outside of the transaction, so that it counts also if we die now. */
async function countAttempt(pool: pg.Pool, id: string): Promise<number> {
  await pool.query('INSERT INTO queue_deliveries (message) VALUES ($1)', [id])
  const query = 'SELECT count(*)::int AS attempts FROM queue_deliveries WHERE message = $1'
  const { rows } = await pool.query<{ attempts: number }>(query, [id])
  return rows[0]?.attempts ?? 1
}

async function findNextDue(client: pg.Client, queue: string): Promise<number | undefined> {
  const { rows } = await client.query<{ wait: string | null }>(
    `SELECT ceil(extract(epoch FROM min(available_at) - now()) * 1000) AS wait FROM queue_messages
     WHERE queue = $1 AND parked_at IS NULL AND available_at > now()`,
    [queue],
  )
  return rows[0]?.wait == null ? undefined : Number(rows[0].wait)
}
