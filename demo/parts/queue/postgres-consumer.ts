import pg from 'pg'
import { attemptDelivery } from './attempt'
import { keepConsuming } from './keep-consuming'
import { type Taken, takeMessage } from './postgres-take'
import type { Delivery } from './queue'
import { withConsumerSpan } from './queue-span'
import type { WakeUp } from './wake-up'

/** The channel of NOTIFY on which a new message is announced by the name of its queue. */
export const channel = 'queue_messages'

/** How often to look though nobody announced anything, ms: nobody does when the holder of a message dies. */
const lookInterval = 2000

export interface ConsumerOptions {
  url: string
  /** For what must not be part of the transaction that holds the message. */
  pool: pg.Pool
  queue: string
  retryDelays: readonly number[]
  handle: (delivery: Delivery) => Promise<void>
}

/**
 * Handles messages one by one. The row of a message is locked in an open transaction while it is handled: if this process
 * dies, the connection closes, the lock goes, and the next consumer takes the message at once.
 */
export function startConsumer(options: ConsumerOptions): { stop(): Promise<void> } {
  return keepConsuming(options.queue, (wakeUp) => consumeUntilBroken(options, wakeUp))
}

async function consumeUntilBroken(options: ConsumerOptions, wakeUp: WakeUp): Promise<void> {
  const client = new pg.Client({ connectionString: options.url })
  // Speaks through the next query as well; unheard, this event would end the process.
  client.on('error', () => wakeUp.wake())
  client.on('notification', ({ payload }) => {
    if (payload === options.queue) wakeUp.wake()
  })
  try {
    await client.connect()
    await client.query(`LISTEN ${channel}`)
    while (!wakeUp.stopped) {
      const taken = await takeMessage(client, options)
      if (taken.message) await handleTaken(client, taken.message, options)
      else await wakeUp.sleep(Math.min(taken.nextIn ?? lookInterval, lookInterval))
    }
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Ends the transaction that holds the message: removed, put off or parked. */
async function handleTaken(client: pg.Client, message: Taken, { queue, retryDelays, handle }: ConsumerOptions) {
  const subject = { system: 'postgresql', queue, messageId: message.id } as const
  const outcome = await withConsumerSpan(subject, message.headers, () => attemptDelivery(message, handle, retryDelays))
  if (outcome.kind === 'done') {
    await client.query('DELETE FROM queue_messages WHERE id = $1', [message.row])
    await client.query('DELETE FROM queue_deliveries WHERE message = $1', [message.row])
  } else if (outcome.kind === 'retry') {
    const query = "UPDATE queue_messages SET available_at = clock_timestamp() + $2 * interval '1 ms' WHERE id = $1"
    await client.query(query, [message.row, outcome.delay])
  } else {
    const query = 'UPDATE queue_messages SET parked_at = clock_timestamp(), parked_reason = $2 WHERE id = $1'
    await client.query(query, [message.row, outcome.reason])
  }
  await client.query('COMMIT')
}
