import type { Context } from '@opentelemetry/api'
import { type Install, patch, patchSetter } from '../page/patch'

/** The context to give a listener that is added now, and when to forget it; `undefined` if it needs none. */
export type ContextOfListener = () => { context: Context; until: AbortSignal } | undefined

/** Which context the listeners that run now belong to. */
export interface Listeners {
  current(): Context | undefined
  /** Listeners of this event, or of whatever happens to this target, belong to `context`, and so do the microtasks that they leave. */
  hold(context: Context, of: Event | EventTarget): void
  /** Watches listeners being added. */
  watch(install: Install): void
}

/** Objects that are made for one task and answer by an `on…` property. */
const HANDLERS: Record<string, string[]> = {
  MessagePort: ['message'],
  Worker: ['message', 'error'],
  BroadcastChannel: ['message'],
  WebSocket: ['open', 'message', 'close', 'error'],
  EventSource: ['open', 'message', 'error'],
  FileReader: ['load', 'loadend', 'error'],
  IDBRequest: ['success', 'error'],
  IDBOpenDBRequest: ['upgradeneeded', 'blocked'],
  IDBTransaction: ['complete', 'error', 'abort'],
}
/** A listener of these keeps the page out of the back/forward cache, ours as much as the page's. */
const UNTOUCHED = /^(before)?unload$/

/**
 * The page's listeners are not wrapped: wrapping would have to imitate identity, removal, `once`, `handleEvent` and more. Instead a listener
 * of ours is added just before and just after it, since listeners run in the order in which they were added.
 */
export function createListeners(contextOf: ContextOfListener): Listeners {
  const held = new WeakMap<Event | EventTarget, Context>()
  const { addEventListener } = EventTarget.prototype

  let begun: Event | undefined
  const currentEvent = () => {
    // Deprecated, yet what every engine keeps right: set while listeners and the microtasks after each of them run.
    const { event } = window
    // In shadow trees it is not shown; there the phase tells that the event is still under way.
    if (!event && begun?.eventPhase) return begun
    return event
  }

  const around = (target: EventTarget, type: string, isCapture: boolean, add: () => unknown) => {
    const given = contextOf()
    if (!given || UNTOUCHED.test(type)) return add()
    const options = { capture: isCapture, passive: true, signal: given.until }
    const listen = (listener: (event: Event) => void) =>
      Reflect.apply(addEventListener, target, [type, listener, options])
    let before: Context | undefined
    listen((event) => {
      before = held.get(event)
      held.set(event, given.context)
    })
    const result = add()
    listen((event) => void (before ? held.set(event, before) : held.delete(event)))
    return result
  }
  const watchAdded = () =>
    patch(EventTarget.prototype, 'addEventListener', (native, self, args) => {
      const add = () => Reflect.apply(native, self, args)
      const [type, listener, options] = args
      if (typeof type !== 'string' || !listener || hasGetter(options)) return add()
      return around((self ?? window) as EventTarget, type, isCapturing(options), add)
    })
  const watchSet = (name: string, type: string) => {
    const prototype: unknown = Reflect.get(window, name)?.prototype
    if (!(prototype instanceof Object) || !Object.hasOwn(prototype, `on${type}`)) return () => {}
    return patchSetter(prototype, `on${type}`, (set, self) => void around(self as EventTarget, type, false, set))
  }
  return {
    current() {
      const event = currentEvent()
      if (!event) return undefined
      return held.get(event) ?? (event.target ? held.get(event.target) : undefined)
    },
    hold(context, of) {
      held.set(of, context)
      if (of instanceof Event) begun = of
    },
    watch(install) {
      install(watchAdded)
      for (const [name, types] of Object.entries(HANDLERS)) {
        for (const type of types) install(() => watchSet(name, type))
      }
    },
  }
}

/** Reading it would run the page's code a second time. */
const hasGetter = (options: unknown): boolean =>
  Object.getOwnPropertyDescriptor(Object(options), 'capture')?.get !== undefined

const isCapturing = (options: unknown): boolean =>
  typeof options === 'object' && options !== null
    ? Boolean((options as { capture?: unknown }).capture)
    : Boolean(options)
