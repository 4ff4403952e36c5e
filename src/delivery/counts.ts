import type { Diagnostics } from '../tracing'

/** What became of the spans, for `diagnostics()`, and what the collector has not been told of yet. */
export interface Counts {
  made(): void
  sent(spans: number): void
  /** Put away for a later page. */
  stored(spans: number): void
  /** Taken over from an earlier page, or from another tab. */
  restored(spans: number): void
  /** @param wasPutAway they lay in the outbox, and come to this page only to be dropped */
  drop(reason: string, spans: number, wasPutAway?: boolean): void
  /** Spans that were dropped since the collector was last told. */
  untold(): number
  /** @param spans less than 0 if the request that told it was in vain */
  told(spans: number): void
  read(): Omit<Diagnostics['spans'], 'waiting'>
}

export function createCounts(): Counts {
  const counts = { made: 0, sent: 0, stored: 0, restored: 0 }
  const dropped: Record<string, number> = {}
  let untold = 0
  return {
    made() {
      counts.made++
    },
    sent(spans) {
      counts.sent += spans
    },
    stored(spans) {
      counts.stored += spans
    },
    restored(spans) {
      counts.restored += spans
    },
    drop(reason, spans, wasPutAway) {
      if (spans <= 0) return
      if (wasPutAway) counts.restored += spans
      dropped[reason] = (dropped[reason] ?? 0) + spans
      untold += spans
    },
    untold: () => untold,
    told(spans) {
      untold -= spans
    },
    read: () => ({ ...counts, dropped: { ...dropped } }),
  }
}
