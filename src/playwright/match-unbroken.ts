import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test'
import { breaksOf, type UnbrokenRules } from '../traces/breaks'
import { type TraceSource, unreadable } from '../traces/trace-source'
import { ask, type MatcherOptions } from './ask'

/**
 * Every trace has one root, every span its parent, no span came twice, and ids that one span of a trace has are on all of it. At least one
 * span has to come.
 */
export function toBeUnbroken(
  this: ExpectMatcherState,
  traces: TraceSource,
  { remoteParent, ...options }: UnbrokenRules & MatcherOptions = {},
): Promise<MatcherReturnType> {
  return ask(
    this,
    {
      name: 'toBeUnbroken',
      asked: '',
      source: traces,
      nature: 'open',
      judge() {
        const spans = traces.spans()
        const problems = unreadable(traces)
        if (spans.length === 0 && problems.length === 0) return { state: 'unknown', explain: () => 'No span has come.' }
        const breaks = [...breaksOf(spans, { ...(remoteParent && { remoteParent }) }), ...problems]
        return breaks.length
          ? { state: 'fails', explain: () => breaks.join('\n') }
          : { state: 'holds', explain: () => 'No trace is broken.' }
      },
      concerns: () => breaksOf(traces.spans()).map((problem) => problem.split(/[ :]/)[1] ?? ''),
    },
    options,
  )
}
