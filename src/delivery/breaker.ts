/** One for the whole page: however many spans wait, a collector that is down hears of us seldom, under 6 times a minute. */
export interface Breaker {
  /** How long to wait before the next try, in ms; 0 if the collector is well, as far as we know. */
  waitMs(): number
  succeeded(): void
  /** @param failure what is known of it */
  failed(failure: Failure): void
  /** The device has a network again: what was known of the collector is old. */
  forget(): void
}

export interface Failure {
  /** What the collector asked for in `Retry-After`. */
  afterMs?: number | undefined
  /** No answer came. */
  isUnreachable: boolean
}

const FIRST_WAIT_MS = 8000
const LONGEST_WAIT_MS = 60_000
/** A collector, or whoever answers for it, must not silence a page for good. */
const LONGEST_ASKED_MS = 10 * 60_000

export function createBreaker(): Breaker {
  let failures = 0
  let notBefore = 0
  let wasReached = false
  const forget = () => {
    failures = 0
    notBefore = 0
  }
  const longest = (isUnreachable: boolean) => {
    // A page cannot tell an ad blocker from a collector that is down. Where none was ever reached it asks twice, then once a minute.
    const steps = isUnreachable && !wasReached && failures > 0 ? 3 : failures
    failures++
    return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** steps)
  }
  return {
    waitMs: () => Math.max(0, notBefore - performance.now()),
    succeeded() {
      wasReached = true
      forget()
    },
    forget,
    failed({ afterMs, isUnreachable }) {
      if (!isUnreachable) wasReached = true
      const wait = longest(isUnreachable)
      // By chance up to a half sooner, so that the pages which saw the same outage do not come back together; what was asked for is kept, and spread.
      const spread = Math.random() / 2
      notBefore =
        performance.now() +
        (afterMs === undefined ? wait * (1 - spread) : Math.min(afterMs, LONGEST_ASKED_MS) * (1 + spread / 5))
    },
  }
}
