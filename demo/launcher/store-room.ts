import type { Mode } from './mode'

/** What an order of the load leaves behind, all its steps and pages together: 200 spans in 35 traces (measured with 80 orders), and half as much again. */
const ofAnOrder = { spans: 300, traces: 55 }
/** Some 3 kB each: 900 MB, which a machine that runs the demo has. Loads beyond 1,000 orders may lose their oldest. */
const mostSpans = 300_000

/** How much the embedded trace store has to keep, so that nothing of a load goes before somebody looks at it. */
export function roomFor(mode: Mode): Record<string, string> {
  if (mode.name !== 'load') return {}
  const share = Math.min(1, mostSpans / (mode.count * ofAnOrder.spans))
  const room = (each: number, least: number) => String(Math.max(least, Math.round(mode.count * each * share)))
  return {
    TRACE_STORE_MAX_SPANS: room(ofAnOrder.spans, 20_000),
    TRACE_STORE_MAX_TRACES: room(ofAnOrder.traces, 5_000),
  }
}

/** How many traces the embedded store had to let go; 0 for another store, which keeps as long as it is told to. */
export async function readEvicted(storeUrl: string): Promise<number> {
  const answer = await fetch(`${storeUrl}/health`)
    .then((response) => response.json() as Promise<{ evictedTraces?: unknown }>)
    .catch(() => undefined)
  return Number(answer?.evictedTraces ?? 0) || 0
}
