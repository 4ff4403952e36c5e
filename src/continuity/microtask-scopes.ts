import type { Context } from '@opentelemetry/api'
import type { QueueMicrotask } from './microtask-queue'

/** Follows code into the microtasks that it leaves, in every engine and exactly. */
export interface MicrotaskScopes {
  /** The scope of the microtask that runs now, if it came of code in one. */
  current(): { readonly context: Context | undefined } | undefined
  /** Code of `context` begins to run; what it queues until the returned function is called, and what that queues, is of `context`. */
  open(context: Context): () => void
  /** Like `open`, for a microtask that runs already. Without a context it hides the scopes around. */
  enter(context: Context | undefined): () => void
  /** Hides the scopes around what runs now, for it may be anybody's. */
  hide(): () => void
  /** What runs now has waited for a promise in the current scope. */
  renew(): void
  /** What runs now is of no scope. */
  leaveAll(): void
}

/**
 * How many generations of microtasks are followed. A native `await` of what has settled is one, an `async` function's return up to three; a
 * wait for a promise begins anew (see waits.ts).
 */
const GENERATIONS = 16

interface Scope {
  readonly context: Context | undefined
  /** The next to be entered; the last is behind it if it is more than there are. */
  generation: number
  /** How many generations are entered, and not left. */
  depth: number
}

interface Entered {
  readonly scope: Scope
  readonly below: Entered | undefined
}

/**
 * Microtasks run in the order in which they were queued (https://html.spec.whatwg.org/multipage/webappapis.html#perform-a-microtask-checkpoint).
 * One of ours queued before the page's code runs and one queued after it enclose whatever the code has queued, and nothing else. When the
 * first of the two runs it queues itself again, when the second runs, it too: so they enclose the next generation as well.
 */
export function createMicrotaskScopes(queueMicrotask: QueueMicrotask): MicrotaskScopes {
  let top: Entered | undefined

  const begin = (context: Context | undefined, generation: number, act: QueueMicrotask) => {
    const scope: Scope = { context, generation, depth: 0 }
    const enter = () => {
      top = { scope, below: top }
      scope.depth++
      if (++scope.generation <= GENERATIONS) queueMicrotask(enter)
    }
    const leave = () => {
      top = without(scope, top)
      if (--scope.depth > 0 || scope.generation <= GENERATIONS) queueMicrotask(leave)
    }
    act(enter)
    return () => act(leave)
  }

  return {
    current: () => top?.scope,
    open: (context) => begin(context, 1, queueMicrotask),
    enter: (context) => begin(context, 0, atOnce),
    hide: () => begin(undefined, GENERATIONS, atOnce),
    renew() {
      if (top && top.scope.generation <= GENERATIONS) top.scope.generation = 1
    },
    leaveAll() {
      top = undefined
    },
  }
}

const atOnce: QueueMicrotask = (task) => task()

/** Not always on top: a promise that settles in the very turn in which it is waited for is left a little later. */
function without(scope: Scope, entered: Entered | undefined): Entered | undefined {
  if (!entered || entered.scope === scope) return entered?.below
  return { scope: entered.scope, below: without(scope, entered.below) }
}
