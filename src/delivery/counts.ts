import type { Diagnostics } from '../tracing'

/** What became of the spans, for `diagnostics()`. */
export interface Counts {
  made(): void
  sent(spans: number): void
  drop(reason: string, spans: number): void
  read(): Omit<Diagnostics['spans'], 'waiting'>
}

export function createCounts(): Counts {
  let made = 0
  let sent = 0
  const dropped: Record<string, number> = {}
  return {
    made() {
      made++
    },
    sent(spans) {
      sent += spans
    },
    drop(reason, spans) {
      if (spans > 0) dropped[reason] = (dropped[reason] ?? 0) + spans
    },
    read: () => ({ made, sent, dropped: { ...dropped } }),
  }
}
