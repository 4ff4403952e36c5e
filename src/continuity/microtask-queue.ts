export type QueueMicrotask = (task: () => void) => void

/**
 * Queues a microtask as a reaction of a promise that has settled: it stands in the same queue as the page's own, in the order in which it was
 * queued, and costs a fraction of the platform's `queueMicrotask`, which has to leave the engine.
 */
export function createMicrotaskQueue(): QueueMicrotask {
  const settled = (async () => {})()
  const prototype = Object.getPrototypeOf(settled)
  const { then } = prototype
  // Its own, so that our waits do not ask whether the page is waiting (see waits.ts).
  Object.defineProperty(settled, 'constructor', { value: prototype.constructor })
  return (task) => void Reflect.apply(then, settled, [task])
}
