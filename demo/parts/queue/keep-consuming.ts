import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import { createWakeUp, type WakeUp } from './wake-up'

/** Before the next try to reach a server that is gone, ms. */
const reconnectPause = 1000

/** Consumes until it is stopped, however often the connection breaks; `consume` returns or throws when it has. */
export function keepConsuming(queue: string, consume: (wakeUp: WakeUp) => Promise<void>): { stop(): Promise<void> } {
  const wakeUp = createWakeUp()
  const loop = async () => {
    while (!wakeUp.stopped) {
      try {
        await consume(wakeUp)
      } catch (error) {
        console.error(`Queue ${queue}: ${error instanceof Error ? error.message : error}`)
      }
      await wakeUp.sleep(reconnectPause)
    }
  }
  // What starts a consumer may be in a span; the consumer outlives it.
  const ended = context.with(ROOT_CONTEXT, loop)
  return {
    async stop() {
      wakeUp.stop()
      await ended
    },
  }
}
