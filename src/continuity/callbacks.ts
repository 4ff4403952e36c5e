import { type Construction, type Install, preparePatch, type Replacement } from '../page/patch'

/** Gives a callback the context of the code that hands it over. */
export type BindCallback = (callback: unknown) => unknown

const FUNCTIONS = ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback']
const CONSTRUCTORS = ['MutationObserver', 'IntersectionObserver', 'ResizeObserver']

/** Binds what the page hands to timers and observers: a callback comes back with no trace of who had set it. */
export function bindCallbacks(bind: BindCallback): Install[] {
  // No argument is not the same as one that is undefined.
  const withBound = (args: unknown[]) => (args.length > 0 ? [bind(args[0]), ...args.slice(1)] : args)
  const call: Replacement = (native, self, args) => Reflect.apply(native, self, withBound(args))
  const construct: Construction = (native, args, newTarget) => Reflect.construct(native, withBound(args), newTarget)
  const bound = (owner: unknown, name: string, ...how: [Replacement?, Construction?]) =>
    Object.hasOwn(Object(owner), name) ? preparePatch(owner as object, name, ...how) : []
  const { Scheduler } = window as { Scheduler?: { prototype: object } }
  return [
    ...FUNCTIONS.map((name) => bound(window, name, call)),
    bound(Scheduler?.prototype, 'postTask', call),
    ...CONSTRUCTORS.map((name) => bound(window, name, undefined, construct)),
  ].flat()
}
