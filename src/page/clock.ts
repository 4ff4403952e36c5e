/** One clock for all spans, so that their order is true: the SDK's own start times are whole milliseconds, each with an offset of its own. */
export interface Clock {
  /** Now, ms since the epoch, with fractions. */
  now(): number
  /** A time of the Performance API, ms since the page began, as ms since the epoch. */
  at(performanceTime: number): number
}

/** More than the two clocks differ by rounding, less than anyone would take for the same moment. */
const DRIFT_MS = 1000

/** `performance.now()` is fine and steady but stops while the device sleeps; `Date.now()` tells when that has happened. */
export function createClock(): Clock {
  const begin = performance.timeOrigin
  let origin = begin
  return {
    now() {
      const passed = performance.now()
      const drift = Date.now() - (origin + passed)
      if (Math.abs(drift) > DRIFT_MS) origin += drift
      return origin + passed
    },
    at: (performanceTime) => begin + performanceTime,
  }
}
