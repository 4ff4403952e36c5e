import { type Context, type ContextManager, ROOT_CONTEXT } from '@opentelemetry/api'
import { createAsyncFrames } from './async-frames'
import { operationOf } from './operation-context'
import { createSettledTurns } from './settled-turns'

/** Which operation, and which span of it, the running code is part of. */
export interface Continuity {
  active(): Context
  /** Runs `fn` in `context`, and what it awaits as well where the engine tells (see async-frames.ts). */
  run<T>(context: Context, fn: () => T): T
  /** Listeners of this event, or of whatever happens to this target, belong to `context`, and so do the microtasks that they leave. */
  holdForListeners(context: Context, of: Event | EventTarget): void
  /** The reactions of a promise that has just settled belong to `context`. Call it from the first reaction. */
  holdForReactions(context: Context): void
  /** For `@opentelemetry/api`, where the page asked to register globally. */
  readonly manager: ContextManager
}

/**
 * The rules, strongest first: code that runs inside `run` now; code whose chain of awaiting functions leads to a `run`; listeners of a held
 * event; reactions of a held promise. Rather no operation than a wrong one.
 */
export function createContinuity(): Continuity {
  const frames = createAsyncFrames()
  const turns = createSettledTurns()
  const listeners = new WeakMap<Event | EventTarget, Context>()
  let now: Context | undefined

  const runNow = <T>(context: Context, fn: () => T): T => {
    const before = now
    now = context
    try {
      return fn()
    } finally {
      now = before
    }
  }
  const ofCurrentEvent = () => {
    // Deprecated, yet the only thing that every engine keeps right: set while listeners and the microtasks after each of them run.
    const { event } = window
    if (!event) return undefined
    return listeners.get(event) ?? (event.target ? listeners.get(event.target) : undefined)
  }
  const find = () => now ?? frames.find() ?? ofCurrentEvent() ?? turns.current() ?? ROOT_CONTEXT
  const active = () => {
    const context = find()
    return operationOf(context)?.isOpen === false ? ROOT_CONTEXT : context
  }
  const run = <T>(context: Context, fn: () => T): T => frames.run(context, () => runNow(context, fn))

  return {
    active,
    run,
    holdForListeners: (context, of) => listeners.set(of, context),
    holdForReactions: turns.begin,
    manager: createManager(active, runNow),
  }
}

function createManager(active: () => Context, runNow: Continuity['run']): ContextManager {
  const manager: ContextManager = {
    active,
    with: (context, fn, self, ...args) => runNow(context, () => fn.apply(self as never, args)),
    bind: <T>(context: Context, target: T): T =>
      typeof target === 'function'
        ? (new Proxy(target, {
            apply: (fn, self, args) => runNow(context, () => Reflect.apply(fn, self, args)),
          }) as T)
        : target,
    enable: () => manager,
    disable: () => manager,
  }
  return manager
}
