/** Turns in which a page may still take up a promise that has just been rejected before the browser calls it unhandled. */
const TURNS = 32

/**
 * Learns how a promise of the page's settles, and leaves the page the very same promise. Looking on by `then` alone would make the browser
 * believe that a rejection was handled, and the page's own `unhandledrejection` would fall silent. Every way to handle a promise (`then`,
 * `catch`, `await`, `Promise.all`) reads its `constructor` (https://tc39.es/ecma262/#sec-promise.prototype.then), so that tells whether the
 * page has; if not, the rejection surfaces as it would have.
 * @returns whether there is anything to look on to
 */
export function lookOn<T>(
  answer: unknown,
  onFulfilled: (value: T) => void,
  onRejected: (error: unknown) => void,
): boolean {
  if (typeof (answer as PromiseLike<T> | undefined)?.then !== 'function') return false
  const promise = answer as Promise<T>
  let isTaken = !isNativePromise(promise)
  const onRejection = async (error: unknown) => {
    onRejected(error)
    for (let turn = 0; turn < TURNS && !isTaken; turn++) await undefined
    if (!isTaken) throw error
  }
  // Before our own `then`, which nobody else who watches constructors is to take for the page's.
  const begin = isTaken
    ? () => {}
    : watchTaking(promise, () => {
        isTaken = true
      })
  promise.then(onFulfilled, onRejection)
  begin()
  return true
}

/**
 * Whatever stands in the place of the global `Promise`, zone.js say, the platform answers with its own. Compared by the prototype, since reading its
 * `constructor` would be taken for a wait while promises are watched.
 */
function isNativePromise(value: object): boolean {
  return (
    Object.prototype.toString.call(value) === '[object Promise]' &&
    Object.prototype.isPrototypeOf.call(nativePrototype(), value)
  )
}

const nativePrototype = (): object => Object.getPrototypeOf((async () => {})())

/** @returns begins to watch; until then the promise answers as any native one */
function watchTaking(promise: Promise<unknown>, onTake: () => void): () => void {
  let isWatching = false
  Object.defineProperty(promise, 'constructor', {
    configurable: true,
    get() {
      // Then `then` takes the platform's own (https://tc39.es/ecma262/#sec-speciesconstructor).
      if (!isWatching) return undefined
      onTake()
      // What the prototype says, as if we were not here.
      return Reflect.get(Object.getPrototypeOf(promise), 'constructor', promise)
    },
    // An assignment makes it the page's own property, as it would have been.
    set(value: unknown) {
      Object.defineProperty(promise, 'constructor', { value, writable: true, enumerable: true, configurable: true })
    },
  })
  return () => {
    isWatching = true
  }
}
