import type { Pool } from 'pg'
import { readRetryDelays } from '../../settings/queue'
import { readServiceEnv } from '../process/service-env'
import { onShutdown, stage } from '../process/shutdown'
import { openQueue } from './open-queue'
import { type Outbox, startOutbox } from './outbox'
import type { Queue } from './queue'

/** Opens the queue of `QUEUE_URL` and starts to send what is in the service's outbox; both end with the service. */
export async function startMessaging(pool: Pool, sender: string): Promise<{ queue: Queue; outbox: Outbox }> {
  const { QUEUE_URL } = readServiceEnv('QUEUE_URL')
  const retryDelays = readRetryDelays(process.env)
  const prefix = process.env.QUEUE_PREFIX ?? ''
  const queue = await openQueue(QUEUE_URL, { prefix, ...(retryDelays ? { retryDelays } : {}) })
  const outbox = startOutbox(pool, { queue, sender })
  onShutdown(stage.messages, async () => {
    await outbox.stop()
    await queue.stop()
  })
  return { queue, outbox }
}
