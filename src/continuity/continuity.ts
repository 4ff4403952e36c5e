import type { Context, ContextManager } from '@opentelemetry/api'
import type { Install } from '../page/patch'
import { ROOT_CONTEXT } from '../spans/root-context'
import { bindCallbacks } from './callbacks'
import { createContextManager } from './context-manager'
import { createListeners } from './listeners'
import { createMicrotaskQueue } from './microtask-queue'
import { createMicrotaskScopes } from './microtask-scopes'
import { type OperationScope, operationOf } from './operation-context'
import { createWaits } from './waits'

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
  /** A room of ours whose timers and requests are nothing that the page waits for. */
  apart<T extends object>(room: T): T
  /** For `@opentelemetry/api`, where the page asked to register globally. */
  readonly manager: ContextManager
}

/**
 * The rules, strongest first: code that runs inside `run` now; a microtask that came of an operation's code, also by way of a promise that was
 * pending; a listener that an operation added, or of an event that began one. Each is exact; where none holds, there is no operation.
 */
export function createContinuity(): Continuity {
  const open = new Map<OperationScope, AbortController>()
  const queueMicrotask = createMicrotaskQueue()
  const scopes = createMicrotaskScopes(queueMicrotask)
  const listeners = createListeners(() => {
    const context = find()
    const operation = context && operationOf(context)
    const until = operation && open.get(operation)?.signal
    return until && { context, until }
  })
  let now: Context | undefined
  let unwatch: (() => void) | undefined
  /** Of code that runs inside the page's; thrown to whoever ends the operation, where nothing reaches the page. */
  const failures: unknown[] = []

  /** An operation that has ended is never inherited. */
  const find = () => {
    try {
      const scope = scopes.current()
      const context = now ?? (scope ? scope.context : listeners.current())
      return context && operationOf(context)?.isOpen === false ? undefined : context
    } catch (error) {
      failures[0] ??= error
      return undefined
    }
  }
  const active = () => find() ?? ROOT_CONTEXT
  const waits = createWaits(find, scopes, queueMicrotask)
  const run = <T>(context: Context, fn: () => T): T => {
    const before = now
    const close = scopes.open(context)
    now = context
    try {
      return fn()
    } finally {
      now = before
      close()
    }
  }
  const bind = (callback: unknown) => {
    const context = find()
    if (typeof callback !== 'function' || !context || !operationOf(context)) return callback
    return function (this: unknown, ...args: unknown[]) {
      const call = () => Reflect.apply(callback, this, args)
      return operationOf(context)?.isOpen ? run(context, call) : call()
    }
  }
  /** Prepared when the first operation opens. */
  let watches: [ofPage: Install[], ofPromises: Install[]] | undefined
  /** @throws what a strange page refused first, when the rest is in place */
  const watch = () => {
    watches ??= [[...bindCallbacks(bind), ...listeners.watches()], waits.watches()]
    const undo: (() => void)[] = [scopes.leaveAll]
    const refusals: unknown[] = []
    unwatch = () => {
      for (const restore of undo) restore()
    }
    const install = (installs: Install[]) => {
      for (const start of installs)
        try {
          undo.push(start())
        } catch (refusal) {
          refusals.push(refusal)
        }
    }
    install(watches[0])
    // Where zone.js or another has replaced what we patch, promises are not the platform's alone either: they are left alone.
    if (refusals.length === 0) install(watches[1])
    if (refusals.length > 0) throw refusals[0]
  }
  const ended = (operation: OperationScope) => {
    open.get(operation)?.abort()
    open.delete(operation)
    if (open.size > 0) return
    unwatch?.()
    unwatch = undefined
    if (failures.length > 0) throw failures.splice(0)[0]
  }
  return {
    active,
    run,
    holdForListeners: listeners.hold,
    opened(operation) {
      open.set(operation, new AbortController())
      if (!unwatch) watch()
    },
    ended,
    stop() {
      for (const operation of open.keys()) ended(operation)
    },
    apart: (room) => room,
    manager: createContextManager(active, run),
  }
}
