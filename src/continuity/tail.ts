import type { Context } from '@opentelemetry/api'
import { operationOf } from './operation-context'

/** What comes of an operation's code in the microtasks right after it, where nothing else tells: after `await` of what is no promise. */
export interface Tail {
  /** Code of `context` has just run. */
  follow(context: Context): void
  /** Code that belongs to no operation, or to one that is not known, has just run. */
  doubt(): void
  current(): Context | undefined
}

/** Each `await` of a value takes one; they end with the task at the latest. */
const TURNS = 16

/** Two operations whose code runs in the same microtasks cannot be told apart by this: then it answers nothing. */
export function createTail(): Tail {
  const { queueMicrotask } = window
  let context: Context | undefined
  let isDoubtful = false
  let turns = 0
  const turn = () => {
    if (--turns > 0) return queueMicrotask(turn)
    context = undefined
    isDoubtful = false
  }
  const extend = () => {
    if (turns === 0) queueMicrotask(turn)
    turns = TURNS
  }
  return {
    follow(followed) {
      if (context && operationOf(context) !== operationOf(followed)) isDoubtful = true
      context = followed
      extend()
    },
    doubt() {
      if (context) isDoubtful = true
    },
    current: () => (isDoubtful ? undefined : context),
  }
}
