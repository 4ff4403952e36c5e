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

/**
 * Microtasks run in the order in which they were queued (https://html.spec.whatwg.org/multipage/webappapis.html#perform-a-microtask-checkpoint).
 * One of ours queued before the page's code runs and one queued after it enclose whatever the code has queued, and nothing else. When the
 * first of the two runs it queues the next such first, when the second runs, the next second: so they enclose the next generation as well.
 */
export function createMicrotaskScopes(queueMicrotask: QueueMicrotask): MicrotaskScopes {
  let entered: Scope[] = []

  const enter = (scope: Scope) => {
    entered.push(scope)
    if (scope.generation < GENERATIONS) scope.next = queueOpening(scope.context, scope.generation + 1)
    return () => leave(scope)
  }
  const leave = (scope: Scope) => {
    // Not always the last: a promise that settles in the very turn in which it is waited for is left a little later.
    if (entered[entered.length - 1] === scope) entered.pop()
    else entered = entered.filter((other) => other !== scope)
    if (scope.next) queueClosing(scope.next)
  }
  const queueOpening = (context: Context | undefined, generation: number): Scope => {
    const scope: Scope = { context, generation }
    queueMicrotask(() => enter(scope))
    return scope
  }
  const queueClosing = (scope: Scope) => queueMicrotask(() => leave(scope))

  return {
    current: () => entered[entered.length - 1],
    open(context) {
      const scope = queueOpening(context, 1)
      return () => queueClosing(scope)
    },
    enter: (context) => enter({ context, generation: 0 }),
    hide: () => enter({ context: undefined, generation: GENERATIONS }),
    renew() {
      const next = entered[entered.length - 1]?.next
      if (next) next.generation = 1
    },
    leaveAll() {
      entered = []
    },
  }
}

interface Scope {
  context: Context | undefined
  generation: number
  /** The scope of what this one's microtasks queue. */
  next?: Scope
}
