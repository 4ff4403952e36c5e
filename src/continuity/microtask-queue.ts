import { NATIVE_PROMISE } from '../page/native-promise'

export type QueueMicrotask = (task: () => void) => void

/**
 * Queues a microtask as a reaction of a promise that has settled: it stands in the same queue as the page's own, in the order in which it was
 * queued, and costs a fraction of the platform's `queueMicrotask`, which has to leave the engine.
 */
export function createMicrotaskQueue(): QueueMicrotask {
  let queue: QueueMicrotask | undefined
  const { then } = NATIVE_PROMISE
  return (task) => {
    queue ??= then.bind(settle()) as QueueMicrotask
    queue(task)
  }
}

/** Not before the first order: engines are quick with promises as long as none has a `constructor` of its own. */
function settle(): Promise<void> {
  const settled = (async () => {})()
  // Its own, so that our waits do not ask whether the page is waiting (see waits.ts).
  return Object.defineProperty(settled, 'constructor', { value: undefined })
}
