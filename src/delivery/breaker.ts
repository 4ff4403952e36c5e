import { ANSWER_WITHIN_MS } from './answer'

/** One for the whole page: however many spans wait, a collector that is down hears of us seldom, under 6 times a minute. */
export interface Breaker {
  /** How long to wait before the next try, in ms; 0 if the collector is well, as far as we know. */
  waitMs(): number
  /** A request goes out: while the collector is in doubt no other does until it is answered. */
  tried(): void
  succeeded(): void
  /** @param failure what is known of it */
  failed(failure: Failure): void
  /** The device has a network again: perhaps it was not the collector. */
  hasten(): void
  /** Lets the next try pass. */
  forget(): void
}

export interface Failure {
  /** What the collector asked for in `Retry-After`. */
  afterMs?: number | undefined
  /** No answer came. */
  isUnreachable?: true
}

const FIRST_WAIT_MS = 8000
const LONGEST_WAIT_MS = 60_000
/** A collector, or whoever answers for it, must not silence a page for good. */
const LONGEST_ASKED_MS = 10 * 60_000
/** A network that comes and goes must not make a storm. */
const HASTY_WAIT_MS = 20_000

export function createBreaker(): Breaker {
  let failures = 0
  let failedAt = 0
  let notBefore = 0
  let wasReached = false
  const forget = () => {
    failures = 0
    notBefore = 0
  }
  // By chance some sooner or later than others, so that the pages which saw the same outage do not come back together.
  const spread = (isLeast: boolean) => (isLeast ? 1 + Math.random() / 10 : 1 - Math.random() / 2)
  return {
    waitMs: () => Math.max(0, notBefore - performance.now()),
    tried() {
      if (failures > 0) notBefore = performance.now() + ANSWER_WITHIN_MS
    },
    succeeded() {
      wasReached = true
      forget()
    },
    forget,
    hasten() {
      notBefore = Math.min(notBefore, failedAt + HASTY_WAIT_MS)
    },
    failed({ afterMs = 0, isUnreachable }) {
      wasReached ||= !isUnreachable
      // A page cannot tell an ad blocker from a collector that is down. Where none was ever reached it asks twice, then once a minute.
      const isHopeless = !wasReached && failures > 0
      const wait = isHopeless ? LONGEST_WAIT_MS : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures)
      failures++
      failedAt = performance.now()
      const asked = Math.min(afterMs, LONGEST_ASKED_MS) * spread(true)
      notBefore = failedAt + Math.max(asked, wait * spread(wait === LONGEST_WAIT_MS))
    },
  }
}
