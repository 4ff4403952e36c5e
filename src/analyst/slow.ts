import type { Checkout } from './checkout'
import { quantile, sortNumbers } from './quantiles'

/** From so many times the median on it is slow: where most are about as quick, nobody calls that normal any more. */
const TIMES_MEDIAN = 2

/** From how long on a checkout counts as slow, ms, when nobody says it: twice the median of those that were confirmed. */
export function slowThreshold(checkouts: readonly Checkout[]): number {
  const confirmed = checkouts.filter(({ outcome }) => outcome === 'confirmed')
  return TIMES_MEDIAN * quantile(sortNumbers(confirmed.map(({ ms }) => ms)), 0.5)
}

/** Slow and normal ones; those that failed or were abandoned are neither, for they did not take as long as the order takes. */
export function splitBySpeed(
  checkouts: readonly Checkout[],
  slowerThan: number,
): { slow: Checkout[]; normal: Checkout[] } {
  const confirmed = checkouts.filter(({ outcome }) => outcome === 'confirmed')
  return {
    slow: confirmed.filter(({ ms }) => ms > slowerThan),
    normal: confirmed.filter(({ ms }) => ms <= slowerThan),
  }
}
