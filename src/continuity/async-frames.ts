import type { Context } from '@opentelemetry/api'

/** Deep enough for a request behind several libraries; the engine stops at the end of the chain anyway. */
const FRAMES = 200
const NAME = 'ordertrace-operation-'

export interface AsyncFrames {
  /** Runs `fn` at once; while what it returned is unsettled, code that it awaits, directly or through others, is found again. */
  run<T>(context: Context, fn: () => T): T
  /** The context of the innermost run that the code calling this is awaited by. */
  find(): Context | undefined
}

/**
 * V8 keeps the chain of awaiting functions and lists it in stack traces as `at async NAME`
 * (https://v8.dev/docs/stack-trace-api, "Async stack traces"). An async function whose name is unique to one run therefore marks all code
 * that runs on its behalf, across every native `await`, however many runs interleave. Other engines list nothing and find nothing.
 */
export function createAsyncFrames(): AsyncFrames {
  const running = new Map<string, Context>()
  let runs = 0
  return {
    run(context, fn) {
      const name = `${NAME}${++runs};`
      running.set(name, context)
      return runNamed(name, fn, () => running.delete(name))
    },
    find() {
      if (running.size === 0) return undefined
      for (const [name] of captureStack().matchAll(/ordertrace-operation-\d+;/g)) {
        const context = running.get(name)
        if (context) return context
      }
      return undefined
    },
  }
}

function runNamed<T>(name: string, fn: () => T, settled: () => void): T {
  let atOnce: { value: T } | { error: unknown } | undefined
  const frame = {
    async [name]() {
      try {
        const value = fn()
        atOnce = { value }
        // The await keeps this function, and so its name, in the chain until `value` has settled.
        return isThenable(value) ? await value : value
      } catch (error) {
        atOnce ??= { error }
        throw error
      } finally {
        settled()
      }
    },
  }
  const outcome = (frame[name] as () => Promise<Awaited<T>>)()
  if (atOnce && 'value' in atOnce && isThenable(atOnce.value)) return outcome as T
  outcome.catch(() => {})
  if (atOnce && 'value' in atOnce) return atOnce.value
  throw (atOnce as { error: unknown }).error
}

/** `stackTraceLimit` is V8's alone. */
const V8Error = Error as ErrorConstructor & { stackTraceLimit?: number }

function captureStack(): string {
  const { stackTraceLimit } = V8Error
  try {
    V8Error.stackTraceLimit = FRAMES
    const { stack } = new Error()
    return typeof stack === 'string' ? stack : ''
  } finally {
    V8Error.stackTraceLimit = stackTraceLimit as number
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
