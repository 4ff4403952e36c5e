/** Turns in which a page may still take up a promise that has just been rejected before the browser calls it unhandled. */
const TURNS = 32

/**
 * Learns how a promise of the page's settles, and hands the page the very same promise. Looking on by `then` alone would make the browser
 * believe that a rejection was handled, and the page's own `unhandledrejection` would fall silent. Every way to handle a promise (`then`,
 * `catch`, `await`, `Promise.all`) reads its `constructor` (https://tc39.es/ecma262/#sec-promise.prototype.then), so that tells whether the
 * page has; if not, the rejection surfaces as it would have.
 */
export function lookOn<T>(
  promise: Promise<T>,
  onFulfilled: (value: T) => void,
  onRejected: (error: unknown) => void,
): void {
  let isTaken = false
  const settled = promise.then(onFulfilled, async (error) => {
    onRejected(error)
    for (let turn = 0; turn < TURNS && !isTaken; turn++) await undefined
    if (!isTaken) throw error
  })
  Object.defineProperty(promise, 'constructor', {
    configurable: true,
    get() {
      isTaken = true
      // What the prototype says, as if we were not here.
      return Reflect.get(Object.getPrototypeOf(promise), 'constructor', promise)
    },
    // An assignment makes it the page's own property, as it would have been.
    set(value: unknown) {
      Object.defineProperty(promise, 'constructor', { value, writable: true, enumerable: true, configurable: true })
    },
  })
  void settled
}
