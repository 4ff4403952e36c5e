import { type Context, type ContextManager, ROOT_CONTEXT } from '@opentelemetry/api'
import type { Continuity } from './continuity'
import { createListeners } from './listeners'
import { operationOf } from './operation-context'

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
    holdForListeners: listeners.hold,
    opened() {},
    ended() {},
    stop() {},
    manager: zones,
  }
}
