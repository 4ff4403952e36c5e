/** One clock for all spans, so that their order is true. */
export interface Clock {
  /** Now, ms since the epoch, with fractions, by the device. */
  now(): number
  /** A time of the Performance API, ms since the page began, as ms since the epoch. */
  at(performanceTime: number): number
}

/** More than the two clocks differ by rounding, less than anyone would take for the same moment. */
const DRIFT_MS = 1000

/**
 * `performance.now()` is fine and steady but stops while the device sleeps; `Date.now()` tells when that has happened. A clock that was set back
 * has not slept, and time goes on from where it was.
 */
export function createClock(): Clock {
  const begin = performance.timeOrigin
  let origin = begin
  return {
    now() {
      const passed = performance.now()
      const slept = Date.now() - (origin + passed)
      if (slept > DRIFT_MS) origin += slept
      return origin + passed
    },
    at: (performanceTime) => begin + performanceTime,
  }
}
