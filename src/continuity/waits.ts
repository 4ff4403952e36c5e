import type { Context } from '@opentelemetry/api'
import { NATIVE_PROMISE } from '../page/native-promise'
import { type Install, preparePatch } from '../page/patch'
import type { QueueMicrotask } from './microtask-queue'
import type { MicrotaskScopes } from './microtask-scopes'

/** Carries the context of code that waits for a pending promise to what goes on when the promise has settled. */
export interface Waits {
  watches(): Install[]
}

/**
 * Every way to wait for a native promise, `await` too, reads the promise's `constructor` in the code that waits, right before it registers its
 * reaction (https://tc39.es/ecma262/#sec-promise-resolve, #sec-promise.prototype.then). A getter there registers a reaction of ours just
 * before and, a microtask later, one just after: enter, the page's, leave. So the page's continuation runs in the context in which it was
 * written, and nothing else does; no operation's code goes on in none, though an operation settled what it waits for. The page's own
 * reactions keep their order and their turns. For a promise that has settled already there is nothing to do: its reaction is a microtask of
 * the code that waits.
 * @param contextNow the context of the code that runs now, if it is known
 */
export function createWaits(
  contextNow: () => Context | undefined,
  scopes: MicrotaskScopes,
  queueMicrotask: QueueMicrotask,
): Waits {
  const { constructor: native, then } = NATIVE_PROMISE
  let isOwn = false
  let resolved: unknown
  let isWatching = false

  const react = (promise: Promise<unknown>, reaction: () => void) => {
    // Our own `then` reads the constructor as well.
    isOwn = true
    try {
      Reflect.apply(then, promise, [reaction, reaction])
      return true
    } catch {
      // `Promise.prototype` itself, or an object that only inherits from it.
      return false
    } finally {
      isOwn = false
    }
  }
  const onWait = (promise: Promise<unknown>) => {
    // Where the page froze what is ours, it stays, and rests.
    if (isOwn || !isWatching || promise === resolved) return
    const context = contextNow()
    let isEnclosed = false
    let leave = () => {}
    const enter = () => {
      // It is in the right turn already, as a reaction of its own code or of nobody's.
      if (contextNow() === context) scopes.renew()
      else leave = isEnclosed ? scopes.enter(context) : scopes.hide()
    }
    if (!react(promise, enter)) return
    queueMicrotask(() => {
      react(promise, () => leave())
      // Had the promise settled by now, `enter` would be queued before this, and between it and `leave` what may be anybody's.
      queueMicrotask(() => {
        isEnclosed = true
      })
    })
  }
  /** `Promise.resolve` reads the constructor and waits for nothing: a reaction of ours would hide that nobody handles a rejection. */
  const watchResolve = () =>
    preparePatch(native, 'resolve', (resolve, self, args) => {
      const before = resolved
      resolved = args[0]
      try {
        return Reflect.apply(resolve, self, args)
      } finally {
        resolved = before
      }
    })
  const watchWaiting = () => {
    isWatching = true
    const restore = watchConstructor(NATIVE_PROMISE, onWait)
    return () => {
      isWatching = false
      restore()
    }
  }
  return { watches: () => [watchWaiting, watchResolve()] }
}

function watchConstructor(prototype: object, onWait: (promise: Promise<unknown>) => void): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'constructor')
  // Another script has put an accessor there, or froze it: then the other rules have to do.
  if (!descriptor?.configurable || !('value' in descriptor)) return () => {}
  const get = function (this: Promise<unknown>) {
    onWait(this)
    return descriptor.value
  }
  const set = function (this: object, value: unknown) {
    const enumerable = this !== prototype
    Object.defineProperty(this, 'constructor', { value, writable: true, enumerable, configurable: true })
  }
  Object.defineProperty(prototype, 'constructor', { get, set, enumerable: false, configurable: true })
  return () => {
    if (Object.getOwnPropertyDescriptor(prototype, 'constructor')?.get !== get) return
    // Not where the page has frozen it meanwhile.
    Reflect.defineProperty(prototype, 'constructor', descriptor)
  }
}
