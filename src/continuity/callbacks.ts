import { patch } from '../page/patch'

/** Gives a callback the context of the code that hands it over. */
export type BindCallback = (callback: unknown) => unknown

const FUNCTIONS = ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback']
const CONSTRUCTORS = ['MutationObserver', 'IntersectionObserver', 'ResizeObserver']

/** Binds what the page hands to timers and observers: a callback comes back with no trace of who had set it. */
export function bindCallbacks(bind: BindCallback): () => void {
  const withBound = (args: unknown[]) => [bind(args[0]), ...args.slice(1)]
  const bindFirst = (owner: object | undefined, name: string) =>
    owner && Object.hasOwn(owner, name)
      ? patch(owner, name, (native, self, args) => Reflect.apply(native, self, withBound(args)))
      : () => {}
  const bindConstructor = (name: string) =>
    Object.hasOwn(window, name)
      ? patch(
          window,
          name,
          (native, self, args) => Reflect.apply(native, self, args),
          (native, args, newTarget) => Reflect.construct(native, withBound(args), newTarget),
        )
      : () => {}
  const { Scheduler } = window as { Scheduler?: { prototype: object } }
  const undo = [
    ...FUNCTIONS.map((name) => bindFirst(window, name)),
    bindFirst(Scheduler?.prototype, 'postTask'),
    ...CONSTRUCTORS.map(bindConstructor),
  ]
  return () => {
    for (const restore of undo) restore()
  }
}
