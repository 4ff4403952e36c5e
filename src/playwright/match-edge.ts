import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test'
import { edgesIn } from '../traces/edges'
import { hasEvidence, type TraceSource } from '../traces/trace-source'
import { ask, type MatcherOptions } from './ask'

/** One service called another, a database or a queue, in one of the traces. */
export function toHaveEdge(
  this: ExpectMatcherState,
  traces: TraceSource,
  from: string,
  to: string,
  options?: MatcherOptions,
): Promise<MatcherReturnType> {
  return ask(
    this,
    {
      name: 'toHaveEdge',
      asked: `"${from}", "${to}"`,
      source: traces,
      nature: 'rising',
      judge() {
        const edges = edgesIn(traces.spans())
        const found = edges.find((edge) => edge.from === from && edge.to === to)
        if (found) return { state: 'holds', explain: () => `${from} → ${to}: ${found.span.name}` }
        const there = [...new Set(edges.map((edge) => `  ${edge.from} → ${edge.to}`))].sort()
        return {
          state: hasEvidence(traces) ? 'fails' : 'unknown',
          explain: () =>
            `Nothing went from ${from} to ${to}. ${there.length ? `There is\n${there.join('\n')}` : 'No service called another.'}`,
        }
      },
    },
    options,
  )
}
