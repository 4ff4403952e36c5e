import type { ReceivedSpan } from '../otlp/received-span'
import { drawTraces } from './draw-trace'
import { describeMiss, nearestMiss } from './nearest-miss'
import { signalAt } from './settle'
import { nextChange } from './signal'
import { describeFilter, type SpanFilter } from './span-filter'
import type { TraceSource } from './trace-source'

export interface WaitOptions {
  /** Milliseconds; default 5,000. */
  timeout?: number
}

/** Resolves with the first span that fits, come or to come. */
export async function waitForSpan(
  source: TraceSource,
  filter: SpanFilter,
  { timeout = 5_000 }: WaitOptions = {},
): Promise<ReceivedSpan> {
  const deadline = performance.now() + timeout
  for (;;) {
    await source.refresh?.(signalAt(deadline))
    const [found] = source.spans(filter)
    if (found) return found
    const left = deadline - performance.now()
    if (left <= 0) throw new Error(explainMissing(source, filter, timeout))
    await nextChange(source, source.refresh ? Math.min(left, 500) : left)
  }
}

function explainMissing(source: TraceSource, filter: SpanFilter, timeout: number): string {
  const spans = source.spans()
  const near = nearestMiss(spans, filter)
  return [
    `No span is ${describeFilter(filter)}, after ${timeout} ms.`,
    near ? describeMiss(near) : '',
    source.summary(),
    drawTraces(spans),
  ]
    .filter(Boolean)
    .join('\n\n')
}
