import { NATIVE_PROMISE } from './native-promise'

/** Turns in which a page may still take up a promise that has just been rejected before the browser calls it unhandled. */
const TURNS = 32

/** Whether the page has taken up a promise that we look on at; what reads it may be we ourselves. */
interface Watch {
  isTaken: boolean
  isOurs: boolean
}

const watches = new WeakMap<object, Watch>()

/**
 * Learns how a promise of the page's settles, and leaves the page the very same promise. Looking on by `then` alone would make the browser
 * believe that a rejection was handled, and the page's own `unhandledrejection` would fall silent. Every way to handle a promise (`then`,
 * `catch`, `await`, `Promise.all`) reads its `constructor` (https://tc39.es/ecma262/#sec-promise.prototype.then), and of one that is not the
 * platform's its `then`, so that tells whether the page has; if not, the rejection surfaces as it would have.
 * @returns whether there is anything to look on to
 */
export function lookOn<T>(
  answer: unknown,
  onFulfilled: (value: T) => void,
  onRejected: (error: unknown) => void,
): boolean {
  const promise = Object(answer) as Promise<T>
  const { then } = promise
  if (typeof then !== 'function') return false
  if (Object.prototype.toString.call(promise) !== '[object Promise]')
    return lookOnThenable(promise, onFulfilled, onRejected)
  const known = watches.get(promise)
  const watch = known ?? watchTaking(promise, then)
  const onRejection = async (error: unknown) => {
    onRejected(error)
    for (let turn = 0; turn < TURNS && !watch.isTaken; turn++) await undefined
    // Whoever looked on first says it.
    if (!watch.isTaken && !known) throw error
  }
  watch.isOurs = true
  // By itself, for where zone.js has replaced `then` what that gives back is none of the platform's.
  promise.then(onFulfilled, (error) => void onRejection(error))
  watch.isOurs = false
  return true
}

/** What is no promise may do its work when it is waited for, and again each time: it is the page that waits. */
function lookOnThenable<T>(
  thenable: PromiseLike<T>,
  onFulfilled: (value: T) => void,
  onRejected: (error: unknown) => void,
): boolean {
  const { then } = thenable
  const value = (take?: unknown, refuse?: unknown) =>
    then.call(
      thenable,
      (result) => {
        onFulfilled(result)
        return typeof take === 'function' ? take(result) : result
      },
      (error) => {
        onRejected(error)
        if (typeof refuse === 'function') return refuse(error)
        throw error
      },
    )
  return Reflect.defineProperty(thenable, 'then', { value, writable: true, configurable: true })
}

/**
 * Whatever stands in the place of the global `Promise`, zone.js say, the platform answers with its own. Compared by the prototype, since reading its
 * `constructor` would be taken for a wait while promises are watched.
 */
const isNative = (promise: object): boolean => Object.prototype.isPrototypeOf.call(NATIVE_PROMISE, promise)

function watchTaking(promise: Promise<unknown>, then: unknown): Watch {
  const watch = { isTaken: false, isOurs: false }
  const name = isNative(promise) ? 'constructor' : 'then'
  Object.defineProperty(promise, name, {
    configurable: true,
    get() {
      watch.isTaken ||= !watch.isOurs
      if (name === 'then') return then
      // Of ours `then` takes the platform's own (https://tc39.es/ecma262/#sec-speciesconstructor). Else what the prototype says, as if we were not here.
      return watch.isOurs ? undefined : Reflect.get(Object.getPrototypeOf(promise), name, promise)
    },
    // An assignment makes it the page's own property, as it would have been.
    set(value: unknown) {
      Object.defineProperty(promise, name, { value, writable: true, enumerable: true, configurable: true })
    },
  })
  watches.set(promise, watch)
  return watch
}
