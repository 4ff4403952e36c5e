import type { Context } from '@opentelemetry/api'
import { type Install, preparePatch, prepareSetterPatch } from '../page/patch'
import { ROOT_CONTEXT } from '../spans/root-context'
import { operationOf } from './operation-context'

interface Given {
  context: Context | undefined
  until: AbortSignal
}

/** What is done as the page adds or removes a listener. */
type Act = (
  call: () => unknown,
  key: object,
  target: EventTarget,
  type: string,
  capture: boolean,
  once?: boolean,
) => unknown

/** The context to give a listener that is added now, and when to forget it; `undefined` if it needs none. */
export type ContextOfListener = () => Given | undefined

/** Which context the listeners that run now belong to. */
export interface Listeners {
  current(): Context | undefined
  /** Listeners of this event, or of whatever happens to this target, belong to `context`, and so do the microtasks that they leave. */
  hold(context: Context, of: Event | EventTarget): void
  /** Each watches some listeners being added and removed. */
  watches(): Install[]
}

/** Our two listeners, just before and just after one of the page's. */
interface Enclosure {
  given: Given
  end(): void
}

/** Objects that are made for one task and answer by an `on…` property. */
const TARGETS =
  'MessagePort Worker BroadcastChannel WebSocket EventSource FileReader IDBRequest IDBOpenDBRequest IDBTransaction'
/** Each has some of these. */
const HANDLERS = 'message error open close load loadend success upgradeneeded blocked complete abort'
/** A listener of these keeps the page out of the back/forward cache, ours as much as the page's. */
const UNTOUCHED = /^(before)?unload$/

/**
 * The page's listeners are not wrapped: wrapping would have to imitate identity, removal, `once`, `handleEvent` and more. Instead a listener
 * of ours is added just before and just after it, since listeners run in the order in which they were added.
 */
export function createListeners(contextOf: ContextOfListener): Listeners {
  const held = new WeakMap<Event | EventTarget, Context>()
  const enclosures = new WeakMap<object, WeakMap<EventTarget, Record<string, Enclosure>>>()
  /** @param key the listener; of an `on…` handler, which is one for its target, that */
  const enclosuresOf = (key: object, target: EventTarget) => {
    const byTarget = enclosures.get(key) ?? new WeakMap<EventTarget, Record<string, Enclosure>>()
    enclosures.set(key, byTarget)
    const byPlace = byTarget.get(target) ?? {}
    byTarget.set(target, byPlace)
    return byPlace
  }
  const { addEventListener, removeEventListener } = EventTarget.prototype

  let begun: Event | undefined
  const currentEvent = () => {
    // Deprecated, yet what every engine keeps right: set while listeners and the microtasks after each of them run.
    const { event } = window
    // In shadow trees it is not shown; there the phase tells that the event is still under way.
    if (!event && begun?.eventPhase) return begun
    return event
  }

  const enclose: Act = (add, key, target, type, capture, once) => {
    const given = contextOf()
    if (!given || UNTOUCHED.test(type)) return add()
    // A handler that is set again keeps its place, also when the operation has ended.
    const signal = key === target ? undefined : given.until
    const each = (method: unknown, ours: (event: Event) => void) =>
      Reflect.apply(method as () => void, target, [type, ours, { capture, passive: true, once, signal }])
    let before: Context | undefined
    let entered: Event | undefined
    const enter = (event: Event) => {
      before = held.get(event)
      entered = event
      if (given.context && operationOf(given.context)?.isOpen) held.set(event, given.context)
    }
    const leave = (event: Event) => {
      // Not of an earlier event that never came to us, for it was stopped.
      if (event === entered) before ? held.set(event, before) : held.delete(event)
    }
    each(addEventListener, enter)
    const result = add()
    each(addEventListener, leave)
    const end = () => {
      each(removeEventListener, enter)
      each(removeEventListener, leave)
    }
    enclosuresOf(key, target)[type + capture] = { given, end }
    return result
  }
  const forget: Act = (remove, key, target, type, capture) => {
    const result = remove()
    enclosuresOf(key, target)[type + capture]?.end()
    return result
  }
  const watchMethod = (name: string, act: Act) =>
    preparePatch(EventTarget.prototype, name, (native, self, args) => {
      const call = () => Reflect.apply(native, self, args)
      const [type, key, options] = args
      if (typeof type !== 'string' || Object(key) !== key || hasGetter(options)) return call()
      const { capture, once } = Object(options)
      const isCapturing = Boolean(Object(options) === options ? capture : options)
      return act(call, key as object, (self ?? window) as EventTarget, type, isCapturing, once)
    })
  const watchSet = (name: string, type: string) => {
    const prototype: unknown = Reflect.get(window, name)?.prototype
    const property = `on${type}`
    if (!(prototype instanceof Object) || !Object.hasOwn(prototype, property)) return []
    return prepareSetterPatch(prototype, property, (set, self) => {
      const target = self as EventTarget
      const known = enclosuresOf(target, target)[`${type}false`]
      // Where none is set the next one comes to another place.
      if (known && Reflect.get(target, property)) {
        known.given.context = contextOf()?.context
        set()
      } else {
        known?.end()
        enclose(set, target, target, type, false)
      }
    })
  }
  return {
    current() {
      const event = currentEvent()
      if (!event) return undefined
      return held.get(event) ?? (event.target ? held.get(event.target) : undefined)
    },
    hold(context, of) {
      // What somebody else uses again is no longer the operation's.
      if (context === ROOT_CONTEXT) held.delete(of)
      else held.set(of, context)
      if (of instanceof Event) begun = of
    },
    watches: () => [
      watchMethod('addEventListener', enclose),
      watchMethod('removeEventListener', forget),
      ...TARGETS.split(' ').flatMap((name) => HANDLERS.split(' ').flatMap((type) => watchSet(name, type))),
    ],
  }
}

/** Reading one would run the page's code a second time. */
const hasGetter = (options: unknown): boolean =>
  ['capture', 'once'].some((name) => Object.getOwnPropertyDescriptor(Object(options), name)?.get)
