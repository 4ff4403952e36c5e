import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Delivery } from '../../../demo/parts/queue/queue'

/** What a test message makes its consumer do: die in so many attempts, or fail them. */
export interface TestBody {
  failures?: number
  deaths?: number
}

export interface WorkerOrder {
  publish?: { id: string; orderId: string; userId: string; body: TestBody }
  consume?: boolean
}

export interface QueueWorker {
  deliveries: Delivery[]
  tell(order: WorkerOrder): Promise<void>
  /** The first delivery that fits, come already or not yet. */
  waitFor(fits: (delivery: Delivery) => boolean): Promise<Delivery>
  exited: Promise<unknown>
  stop(): Promise<void>
}

const demo = new URL('../../../demo/', import.meta.url)

/** Starts a process that publishes to and consumes from a queue, with its spans sent to the collector. */
export async function startQueueWorker(env: Record<string, string>): Promise<QueueWorker> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const child = fork(fileURLToPath(new URL('./queue-worker.ts', import.meta.url)), {
    cwd: fileURLToPath(demo),
    env: { ...process.env, OTEL_SERVICE_NAME: 'queue-worker', ...env },
    execArgv: [
      tsx,
      new URL('parts/process/lifeline.ts', demo).href,
      new URL('parts/tracing/telemetry.ts', demo).href,
    ].flatMap((url) => ['--import', url]),
  })
  const exited = once(child, 'exit')
  const deliveries: Delivery[] = []
  child.on('message', ({ delivery }: { delivery?: Delivery }) => {
    if (!delivery) return
    deliveries.push(delivery)
    child.emit('delivered')
  })
  await nextReady(child)
  return {
    deliveries,
    exited,
    async tell(order) {
      const ready = nextReady(child)
      child.send(order)
      await ready
    },
    async waitFor(fits) {
      for (;;) {
        const found = deliveries.find(fits)
        if (found) return found
        await once(child, 'delivered')
      }
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await exited
    },
  }
}

function nextReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const listen = ({ ready }: { ready?: boolean }) => {
      if (!ready) return
      child.off('message', listen)
      resolve()
    }
    child.on('message', listen)
  })
}
