import { signalAt } from '../traces/settle'
import { nextChange } from '../traces/signal'
import type { TraceSource } from '../traces/trace-source'
import { watchCalm } from './calm'

/** `unknown`: nothing has come that could say. */
export type State = 'holds' | 'fails' | 'unknown'

export interface Verdict {
  state: State
  /** What a failed test says of it. */
  explain(): string
}

/** In which direction what comes can still change the verdict. */
export type Nature =
  /** It can begin to hold, and holds for ever: a span is there. */
  | 'rising'
  /** It can cease to hold, for ever: nothing has leaked. */
  | 'falling'
  /** Either: the parent of a span may come late, another orphan later. */
  | 'open'

export interface Patience {
  /** Milliseconds; 0: without end. */
  timeout: number
  /** For how long the source may be let settle before what more spans could undo is believed, ms. */
  settle: number
  /** For how long nothing more may have come after that, ms. */
  quiet: number
}

export interface Decision {
  wanted: 'holds' | 'fails'
  nature: Nature
  patience: Patience
}

/** How often a source is asked that does not speak by itself, ms. */
const ASK_EVERY_MS = 500

const mayTurn = (state: State, nature: Nature) =>
  state === 'unknown' || nature === 'open' || nature === (state === 'fails' ? 'rising' : 'falling')

/** Looks on until the verdict is what is wanted, for good, or can no longer become it, or the time is over. */
export async function decide(
  source: TraceSource,
  judge: () => Verdict,
  { wanted, nature, patience }: Decision,
): Promise<Verdict> {
  const deadline = performance.now() + (patience.timeout || Number.POSITIVE_INFINITY)
  const canBeUndone = mayTurn(wanted, nature)
  const believed = Math.max(canBeUndone ? performance.now() + patience.settle : 0, deadline)
  const calm = watchCalm(source, canBeUndone)
  try {
    for (;;) {
      await source.refresh?.(signalAt(believed))
      const verdict = judgeNow(source, judge, nature)
      if (!mayTurn(verdict.state, nature)) return verdict
      const end = verdict.state === wanted ? Math.min(calm.until(patience.quiet) ?? believed, believed) : deadline
      const left = end - performance.now()
      if (left <= 0) return verdict
      await nextChange(calm, source.refresh ? Math.min(left, ASK_EVERY_MS) : left)
    }
  } finally {
    calm.end()
  }
}

/** While a source has not said anything of its own, only what nothing can change is believed. */
function judgeNow({ pending }: TraceSource, judge: () => Verdict, nature: Nature): Verdict {
  const verdict = judge()
  const missing = mayTurn(verdict.state, nature) ? pending?.() : undefined
  return missing === undefined ? verdict : { state: 'unknown', explain: () => `${verdict.explain()}\n${missing}` }
}
