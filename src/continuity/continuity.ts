import { type Context, type ContextManager, ROOT_CONTEXT } from '@opentelemetry/api'
import { createAsyncFrames } from './async-frames'
import { bindCallbacks } from './callbacks'
import { createContextManager } from './context-manager'
import { createListeners } from './listeners'
import { type OperationScope, operationOf } from './operation-context'
import { createReactions } from './reactions'
import { createTail } from './tail'

/** Which operation, and which span of it, the running code is part of. */
export interface Continuity {
  active(): Context
  /** Runs `fn` in `context`, and what comes of it later as well. */
  run<T>(context: Context, fn: () => T): T
  /** Listeners of this event, or of whatever happens to this target, belong to `context`, and so do the microtasks that they leave. */
  holdForListeners(context: Context, of: Event | EventTarget): void
  /** While operations are open, the page's timers, listeners and promises are watched. */
  opened(operation: OperationScope): void
  ended(operation: OperationScope): void
  stop(): void
  /** For `@opentelemetry/api`, where the page asked to register globally. */
  readonly manager: ContextManager
}

/**
 * The rules, strongest first: code that runs inside `run` now; a promise's reaction with an exact label; code whose chain of awaiting functions
 * leads to a `run`; a reaction with a label that is not exact; listeners; the microtasks right after an operation's code. Rather no operation
 * than a wrong one.
 */
export function createContinuity(): Continuity {
  const open = new Map<OperationScope, AbortController>()
  const tail = createTail()
  const reactions = createReactions(
    () => known(now ?? reactions.current()?.context ?? listeners.current() ?? tail.current()),
    tail,
  )
  const frames = createAsyncFrames(reactions.withoutLabels)
  const listeners = createListeners(() => {
    const context = active()
    const operation = operationOf(context)
    const until = operation && open.get(operation)?.signal
    return until && { context, until }
  })
  let now: Context | undefined
  let unwatch: (() => void) | undefined

  const known = (context: Context | undefined) =>
    context && operationOf(context)?.isOpen === false ? undefined : context
  const find = () => {
    if (now) return now
    const label = reactions.current()
    if (label?.isExact) return label.context
    const framed = frames.find()
    if (framed) return framed
    // Where the engine does not tell, several operations may be mistaken for each other.
    const isClear = frames.isSupported || open.size === 1
    return (isClear ? label?.context : undefined) ?? listeners.current() ?? (isClear ? tail.current() : undefined)
  }
  const active = () => known(find()) ?? ROOT_CONTEXT
  const runNow = <T>(context: Context, fn: () => T): T => {
    const before = now
    now = context
    try {
      return fn()
    } finally {
      now = before
    }
  }
  const run = <T>(context: Context, fn: () => T): T => {
    const value = runNow(context, fn)
    if (!now) tail.follow(context)
    return frames.mark(context, value)
  }
  const bind = (callback: unknown) => {
    const context = active()
    if (typeof callback !== 'function' || !operationOf(context)) return callback
    return function (this: unknown, ...args: unknown[]) {
      const call = () => Reflect.apply(callback, this, args)
      return operationOf(context)?.isOpen ? run(context, call) : call()
    }
  }
  const watch = () => {
    const undo = [bindCallbacks(bind), listeners.install()]
    reactions.install()
    return () => {
      reactions.uninstall()
      for (const restore of undo) restore()
    }
  }
  const ended = (operation: OperationScope) => {
    open.get(operation)?.abort()
    open.delete(operation)
    if (open.size > 0) return
    unwatch?.()
    unwatch = undefined
  }
  return {
    active,
    run,
    holdForListeners: listeners.hold,
    opened(operation) {
      open.set(operation, new AbortController())
      unwatch ??= watch()
    },
    ended,
    stop() {
      for (const operation of open.keys()) ended(operation)
    },
    manager: createContextManager(active, runNow),
  }
}
