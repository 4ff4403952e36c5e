import type { Checkout } from './checkout'
import { quantile, sortNumbers } from './quantiles'

/** One stretch of time. `undefined` where nothing happened: a gap is no zero. */
export interface TrendPoint {
  /** Its start, ms since 1970. */
  at: number
  count: number
  p50: number | undefined
  p95: number | undefined
  /** Share that failed or was abandoned. */
  unhappy: number | undefined
}

const MOST_POINTS = 60
/** What people call a round stretch of time, ms. */
const STRETCHES = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 10_800, 21_600, 86_400, 604_800].map(
  (seconds) => seconds * 1000,
)

/** How it went over the time, in round stretches of at most sixty. */
export function describeTrend(
  checkouts: readonly Checkout[],
  { from, to }: { from: number; to: number },
): TrendPoint[] {
  const stretch = STRETCHES.find((length) => (to - from) / length <= MOST_POINTS) ?? (to - from) / MOST_POINTS
  const count = Math.max(1, Math.ceil((to - from) / stretch))
  const stretches = Array.from({ length: count }, (): Checkout[] => [])
  // The end belongs to the time, as it does in Jaeger's search.
  for (const checkout of checkouts)
    if (checkout.at <= to) stretches[Math.min(count - 1, Math.floor((checkout.at - from) / stretch))]?.push(checkout)
  return stretches.map((own, index) => describePoint(own, from + index * stretch))
}

function describePoint(own: readonly Checkout[], at: number): TrendPoint {
  if (own.length === 0) return { at, count: 0, p50: undefined, p95: undefined, unhappy: undefined }
  const confirmed = sortNumbers(own.filter(({ outcome }) => outcome === 'confirmed').map(({ ms }) => ms))
  const unhappy = own.filter(({ outcome }) => outcome === 'failed' || outcome === 'abandoned').length / own.length
  const isThere = confirmed.length > 0
  return {
    at,
    count: own.length,
    p50: isThere ? quantile(confirmed, 0.5) : undefined,
    p95: isThere ? quantile(confirmed, 0.95) : undefined,
    unhappy,
  }
}
