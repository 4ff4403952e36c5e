import { type Context, type ContextManager, ROOT_CONTEXT } from '@opentelemetry/api'
import { ROOT_CONTEXT as NO_CONTEXT } from '../spans/root-context'
import type { Continuity } from './continuity'
import { createListeners } from './listeners'
import { operationOf } from './operation-context'

declare const Zone: { root: { run<T>(work: () => T): T } }

/** The trace follows the zones of zone.js, which has replaced the page's promises and timers itself. */
export function createZoneContinuity(zones: ContextManager): Continuity {
  const listeners = createListeners(() => undefined)
  const active = () => {
    const zone = zones.active()
    const context = zone === ROOT_CONTEXT ? (listeners.current() ?? zone) : zone
    // A zone outlives the operation that ran in it.
    return operationOf(context)?.isOpen === false ? ROOT_CONTEXT : context
  }
  return {
    active,
    run: <T>(context: Context, fn: () => T): T => zones.with(context, fn),
    // The API's root is not ours.
    holdForListeners: (context, of) => listeners.hold(context === ROOT_CONTEXT ? NO_CONTEXT : context, of),
    opened() {},
    ended() {},
    stop() {},
    // Angular is stable when its own zone has no timers and no requests left.
    apart: (room) =>
      new Proxy(room, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name)
          return typeof value === 'function' ? (...args: unknown[]) => Zone.root.run(() => value(...args)) : value
        },
      }),
    manager: zones,
  }
}
