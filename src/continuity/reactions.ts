import type { Context } from '@opentelemetry/api'
import type { Tail } from './tail'

/** The context of a promise's reaction, as it was when the page registered it. */
export interface Label {
  context: Context
  /** Whether nothing but that reaction can see the label. */
  isExact: boolean
}

/** Labels the reactions of promises with the context of the code that registered them. */
export interface Reactions {
  current(): Label | undefined
  /** Runs our own code, whose waiting is not labelled. */
  withoutLabels<T>(work: () => T): T
  install(): void
  uninstall(): void
}

/**
 * Every way to wait for a native promise, `await` too, reads the promise's `constructor` in the code that waits, right before it registers its
 * reaction (https://tc39.es/ecma262/#sec-promise-resolve, #sec-promise.prototype.then). A getter there registers a reaction of ours just
 * before and, a microtask later, one just after: hold, the page's, release. So the page's continuation runs in the context in which it was
 * written, in every engine, and nothing else does. If the promise has settled already, `release` comes after whatever else is queued by
 * then: such a label is not exact. The page's own reactions keep their order and their turns.
 * @param contextNow the context to label with; `undefined` where it is not known, which takes a stale label away
 * @param tail told whose code has just run
 */
export function createReactions(contextNow: () => Context | undefined, tail: Tail): Reactions {
  // What `async` functions return, whatever the page has put in the place of the global `Promise`.
  const { prototype } = (async () => {})().constructor as PromiseConstructor
  const { then } = prototype
  const { queueMicrotask } = window
  let held: Label | undefined
  let isOwn = false
  let restore: (() => void) | undefined

  const withoutLabels = <T>(work: () => T): T => {
    const before = isOwn
    isOwn = true
    try {
      return work()
    } finally {
      isOwn = before
    }
  }
  const react = (promise: Promise<unknown>, reaction: () => void) => {
    try {
      // Our own `then` reads the constructor as well.
      withoutLabels(() => Reflect.apply(then, promise, [reaction, reaction]))
      return true
    } catch {
      // `Promise.prototype` itself, or an object that only inherits from it.
      return false
    }
  }
  const release = () => {
    if (held) tail.follow(held.context)
    held = undefined
  }
  const clear = () => {
    held = undefined
    tail.doubt()
  }
  const label = (promise: Promise<unknown>, context: Context) => {
    let isSettled = false
    let isExact = false
    const hold = () => {
      isSettled = true
      held = { context, isExact }
    }
    if (!react(promise, hold)) return
    queueMicrotask(() => {
      isExact = !isSettled && react(promise, release)
      if (!isExact) queueMicrotask(release)
    })
  }
  const onWait = (promise: Promise<unknown>) => {
    if (isOwn) return
    const context = contextNow()
    if (context) label(promise, context)
    else react(promise, clear)
  }
  return {
    current: () => held,
    withoutLabels,
    install() {
      restore ??= watchConstructor(prototype, onWait)
    },
    uninstall() {
      restore?.()
      restore = undefined
      held = undefined
    },
  }
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
    Object.defineProperty(this, 'constructor', { value, writable: true, enumerable: true, configurable: true })
  }
  Object.defineProperty(prototype, 'constructor', { get, set, enumerable: false, configurable: true })
  return () => {
    if (Object.getOwnPropertyDescriptor(prototype, 'constructor')?.get !== get) return
    Object.defineProperty(prototype, 'constructor', descriptor)
  }
}
