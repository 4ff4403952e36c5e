import type { Context } from '@opentelemetry/api'

/**
 * How many microtask turns after a response the page's continuation may come and still be found. A native `await` takes one turn, a
 * `.then` one, an `async` function's return up to three; the turns end with the task, so no other task can see the context.
 */
const TURNS = 64

/** The context that the reactions of a request's promise run in, where the engine does not tell. */
export interface SettledTurns {
  begin(context: Context): void
  current(): Context | undefined
}

export function createSettledTurns(): SettledTurns {
  let held: Context | undefined
  return {
    begin(context) {
      held = context
      let turns = TURNS
      const turn = () => {
        if (held !== context) return
        if (--turns === 0) held = undefined
        else queueMicrotask(turn)
      }
      queueMicrotask(turn)
    },
    current: () => held,
  }
}
