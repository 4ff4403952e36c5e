import type { Delivery } from './delivery'
import { createSignal } from './signal'
import { fits, type SpanFilter } from './span-filter'
import { spansThatCame } from './spans-that-came'
import type { TraceSource } from './trace-source'

/** Everything that came to a collector, in order of arrival. */
export interface TraceLog extends TraceSource {
  readonly deliveries: readonly Delivery[]
  add(delivery: Delivery): void
  /** Another answered to it than this log would: the pages' own collector. */
  answered(delivery: Delivery, status: number): void
  /** Something came that belongs to nobody who looks on here: of a page that an earlier test left open. */
  stray(): void
  clear(): void
}

export function createTraceLog(): TraceLog {
  const { notify, onChange } = createSignal()
  const deliveries: Delivery[] = []
  let strays = 0
  const allSpans = () => spansThatCame(deliveries)
  return {
    deliveries,
    onChange,
    add(delivery) {
      deliveries.push(delivery)
      notify()
    },
    spans: (filter: SpanFilter = {}) => allSpans().filter((span) => fits(span, filter)),
    answered(delivery, status) {
      const at = deliveries.indexOf(delivery)
      if (at < 0 || delivery.status === status) return
      deliveries[at] = { ...delivery, status }
      notify()
    },
    stray: () => void strays++,
    clear: () => void deliveries.splice(0),
    summary() {
      const problems = deliveries.flatMap((delivery) => delivery.problems)
      const traces = new Set(allSpans().map(({ traceId }) => traceId)).size
      const came = deliveries.length
        ? `${count(deliveries.length, 'request')} reached the collector, with ${count(allSpans().length, 'span')} of ${count(traces, 'trace')}.`
        : 'Nothing reached the collector.'
      const refused = deliveries.filter((delivery) => delivery.refused).length
      const not = refused ? [`${refused} of them ${refused === 1 ? 'was' : 'were'} refused.`] : []
      const left = strays ? [`${count(strays, 'request')} of pages that earlier tests opened came too, left out.`] : []
      return [came, ...not, ...left, ...new Set(problems)].join('\n')
    },
  }
}

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
