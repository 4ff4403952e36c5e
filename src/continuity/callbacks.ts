import { type Install, patch } from '../page/patch'

/** Gives a callback the context of the code that hands it over. */
export type BindCallback = (callback: unknown) => unknown

const FUNCTIONS = ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback']
const CONSTRUCTORS = ['MutationObserver', 'IntersectionObserver', 'ResizeObserver']

/** Binds what the page hands to timers and observers: a callback comes back with no trace of who had set it. */
export function bindCallbacks(bind: BindCallback, install: Install): void {
  // No argument is not the same as one that is undefined.
  const withBound = (args: unknown[]) => (args.length > 0 ? [bind(args[0]), ...args.slice(1)] : args)
  const bindFirst = (owner: object | undefined, name: string) =>
    owner && Object.hasOwn(owner, name)
      ? patch(owner, name, (native, self, args) => Reflect.apply(native, self, withBound(args)))
      : () => {}
  const bindConstructor = (name: string) =>
    Object.hasOwn(window, name)
      ? patch(window, name, undefined, (native, args, newTarget) =>
          Reflect.construct(native, withBound(args), newTarget),
        )
      : () => {}
  const { Scheduler } = window as { Scheduler?: { prototype: object } }
  for (const name of FUNCTIONS) install(() => bindFirst(window, name))
  install(() => bindFirst(Scheduler?.prototype, 'postTask'))
  for (const name of CONSTRUCTORS) install(() => bindConstructor(name))
}
