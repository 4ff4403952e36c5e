/** Sooner after the one before nobody could look at a report, ms. */
const LEAST_MS = 1000
/** A report of many orders takes long: so many times as long is then read before the next. */
const TIMES_COST = 5

/** Says when the next report is due while the reading goes on, by what the last one cost: reading must not starve of reporting. */
export function createPace(now: () => number = () => performance.now()) {
  // What comes first is shown at once.
  let due = now()
  return {
    /** Does the work if it is due. */
    perhaps(work: () => void): void {
      if (now() < due) return
      const begun = now()
      work()
      due = now() + Math.max(LEAST_MS, TIMES_COST * (now() - begun))
    },
  }
}
