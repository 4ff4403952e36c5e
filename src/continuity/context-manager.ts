import type { Context, ContextManager } from '@opentelemetry/api'

/** Our continuity as a context manager of `@opentelemetry/api`. */
export function createContextManager(
  active: () => Context,
  run: <T>(context: Context, fn: () => T) => T,
): ContextManager {
  const manager: ContextManager = {
    active,
    with: (context, fn, self, ...args) => run(context, () => fn.apply(self as never, args)),
    bind: <T>(context: Context, target: T): T =>
      typeof target === 'function'
        ? (new Proxy(target, { apply: (fn, self, args) => run(context, () => Reflect.apply(fn, self, args)) }) as T)
        : target,
    enable: () => manager,
    disable: () => manager,
  }
  return manager
}
