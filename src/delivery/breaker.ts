/** One for the whole page: however many spans wait, a collector that is down hears of us seldom. */
export interface Breaker {
  /** How long to wait before the next try, in ms; 0 if the collector is well. */
  waitMs(): number
  succeeded(): void
  /** @param afterMs what the collector asked for in `Retry-After` */
  failed(afterMs?: number): void
}

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
/** A collector, or whoever answers for it, must not silence a page for good. */
const LONGEST_ASKED_MS = 10 * 60_000

export function createBreaker(): Breaker {
  let failures = 0
  let notBefore = 0
  return {
    waitMs: () => Math.max(0, notBefore - performance.now()),
    succeeded() {
      failures = 0
      notBefore = 0
    },
    failed(afterMs) {
      const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++)
      // Half of it by chance, so that the pages which saw the same outage do not come back together.
      const wait = afterMs === undefined ? longest * (0.5 + Math.random() / 2) : Math.min(afterMs, LONGEST_ASKED_MS)
      notBefore = performance.now() + wait
    },
  }
}
