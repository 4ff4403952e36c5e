// A process with the telemetry of a service and nothing but the queue, told by messages what to do.
import { trace } from '@opentelemetry/api'
import { readServiceEnv } from '../../../demo/parts/process/service-env'
import { onShutdown, stage } from '../../../demo/parts/process/shutdown'
import { openQueue } from '../../../demo/parts/queue/open-queue'
import type { Delivery } from '../../../demo/parts/queue/queue'
import { withIds } from '../../../demo/parts/tracing/edge'
import type { TestBody, WorkerOrder } from './queue-workers'

const env = readServiceEnv('QUEUE_URL', 'QUEUE_PREFIX', 'QUEUE_RETRY_DELAYS')
const retryDelays = env.QUEUE_RETRY_DELAYS.split(',').map(Number)
const queue = await openQueue(env.QUEUE_URL, { prefix: env.QUEUE_PREFIX, retryDelays })
onShutdown(stage.messages, () => queue.stop())

process.on('message', async ({ publish, consume }: WorkerOrder) => {
  if (consume) await queue.consume('orders', handle)
  if (publish) {
    await trace.getTracer('test').startActiveSpan('step', async (span) => {
      await withIds({ order_id: publish.orderId, user_id: publish.userId }, () =>
        queue.publish('orders', { id: publish.id, body: publish.body }),
      )
      span.end()
    })
  }
  process.send?.({ ready: true })
})
// A service lives by its server; this one by its orders.
process.channel?.ref()
process.send?.({ ready: true })

async function handle({ id, body, attempt }: Delivery): Promise<void> {
  const { failures = 0, deaths = 0 } = body as TestBody
  process.send?.({ delivery: { id, body, attempt } })
  // Left open, so that the message is in our hands when the process ends.
  if (attempt <= deaths) await new Promise(() => process.kill(process.pid, 'SIGKILL'))
  if (attempt <= failures) throw new Error(`failure ${attempt}`)
}
