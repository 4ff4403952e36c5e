import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test'
import { drawTraces } from '../traces/draw-trace'
import type { TraceSource } from '../traces/trace-source'
import { decide, type Nature, type Verdict } from './decide'

export interface MatcherOptions {
  /**
   * Milliseconds; default: the `timeout` of Playwright's `expect`. That something does not come is believed within it where it is given here;
   * without it, when the pages have been let send what waited in them, see `traces.settle()`.
   */
  timeout?: number
}

/** What a matcher asks of a source. */
export interface Question {
  name: string
  /** Its arguments, for the message. */
  asked: string
  source: TraceSource
  nature: Nature
  judge(): Verdict
  /** The traces that a message shows first. */
  concerns?(): readonly string[]
}

/** For how long nothing more may have come after the pages have sent what waited, before what more spans could undo is believed. */
const QUIET_MS = 300
/** Longer than any page keeps spans back, unless it is told to; Playwright's default is as long as OpenTelemetry's. */
const SETTLE_MS = 60_000

/** Looks on until the question is answered, and tells Playwright. */
export async function ask(
  state: ExpectMatcherState,
  { name, asked, source, nature, judge, concerns }: Question,
  options: MatcherOptions = {},
): Promise<MatcherReturnType> {
  const { timeout = state.timeout } = options
  const began = performance.now()
  const wanted = state.isNot ? 'fails' : 'holds'
  const patience = { timeout, settle: options.timeout ?? SETTLE_MS, quiet: QUIET_MS }
  const verdict = await decide(source, judge, { wanted, nature, patience })
  const took = Math.round(performance.now() - began)
  // Of what nothing is known, neither it nor its opposite is true.
  const isAsWanted = verdict.state === wanted
  return {
    name,
    pass: isAsWanted !== state.isNot,
    timeout,
    message: () =>
      [
        state.utils.matcherHint(name, 'traces', asked, { isNot: state.isNot }),
        verdict.explain(),
        `After ${took} ms: ${source.summary()}`,
        drawTraces(source.spans(), concerns?.()),
      ]
        .filter(Boolean)
        .join('\n\n'),
  }
}
