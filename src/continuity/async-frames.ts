import { type Context, ROOT_CONTEXT } from '@opentelemetry/api'

/** Deep enough for a request behind several libraries; the engine stops at the end of the chain anyway. */
const FRAMES = 200
const NAME = 'ordertrace-operation-'
const NAMES = /ordertrace-operation-\d+;/g

export interface AsyncFrames {
  /** Whether this engine tells at all; known a moment after the start. */
  readonly isSupported: boolean
  /**
   * Marks what waits for `value`, the outcome of code in `context`: until it has settled, that code is found again.
   * @returns a promise that settles alike; what is no promise of the platform's own making is returned as it is
   */
  mark<T>(context: Context, value: T): T
  /** The context of the innermost mark that the code calling this is awaited by. */
  find(): Context | undefined
}

/**
 * V8 keeps the chain of awaiting functions and lists it in stack traces as `at async NAME`
 * (https://v8.dev/docs/stack-trace-api, "Async stack traces"). An async function whose name is unique to one run therefore marks all code
 * that runs on its behalf, across every native `await`, however many runs interleave. Other engines list nothing and find nothing.
 * @param withoutLabels runs our own code so that its waiting gets no reaction beside it: the chain ends at a promise that has two
 */
export function createAsyncFrames(withoutLabels: <T>(work: () => T) => T): AsyncFrames {
  const running = new Map<string, Context>()
  let marks = 0
  let isSupported = false
  const find = () => {
    if (running.size === 0) return undefined
    for (const [name] of captureStack().matchAll(NAMES)) {
      const context = running.get(name)
      if (context) return context
    }
    return undefined
  }
  const mark = <T>(context: Context, value: T): T => {
    if (!isPlainPromise(value)) return value
    const name = `${NAME}${++marks};`
    running.set(name, context)
    const frame = {
      async [name]() {
        try {
          // The await keeps this function, and so its name, in the chain.
          return await value
        } finally {
          running.delete(name)
        }
      },
    }
    return withoutLabels(() => frame[name]?.()) as T
  }
  const probe = async () => {
    await undefined
    isSupported = find() !== undefined
  }
  void mark(ROOT_CONTEXT, probe())
  return {
    get isSupported() {
      return isSupported
    },
    mark,
    find,
  }
}

/** A subclass, or another library's kind of promise, has more than `then`. */
const isPlainPromise = (value: unknown): value is Promise<unknown> =>
  value instanceof Promise && Object.getPrototypeOf(value) === Promise.prototype

/** Both are V8's alone. */
const V8Error = Error as { stackTraceLimit?: unknown; prepareStackTrace?: unknown }

function captureStack(): string {
  const { stackTraceLimit, prepareStackTrace } = V8Error
  try {
    V8Error.stackTraceLimit = FRAMES
    // A page's own formatting may leave the names out, and is not ours to run.
    V8Error.prepareStackTrace = undefined
    return String(new Error().stack)
  } catch {
    // The page has frozen `Error`.
    return ''
  } finally {
    restore({ stackTraceLimit, prepareStackTrace })
  }
}

function restore({ stackTraceLimit, prepareStackTrace }: typeof V8Error): void {
  try {
    V8Error.stackTraceLimit = stackTraceLimit
    V8Error.prepareStackTrace = prepareStackTrace
  } catch {
    // As above.
  }
}
