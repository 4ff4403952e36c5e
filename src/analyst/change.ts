/**
 * What is to be said of a figure beside the same of another time:
 * - `better`, `worse`: further apart than chance explains
 * - `chance`: as much apart as two samples of the same often are
 * - `few`: too few orders to say anything
 */
export type Judgement = 'better' | 'worse' | 'chance' | 'few'

/** So many of so many. */
export interface Share {
  count: number
  of: number
}

/** As far apart as traits have to be, see {@link findCommonTraits}. */
const LEAST_DEVIATIONS = 2.5
/** Of fewer orders than this a share says nothing. */
const LEAST_ORDERS = 20
/** So many must lie beyond a percentile for it to be one. */
const LEAST_BEYOND = 5

/** Judges a share of which less is better. */
export function judgeShare(now: Share, other: Share): Judgement {
  if (Math.min(now.of, other.of) < LEAST_ORDERS) return 'few'
  const both = (now.count + other.count) / (now.of + other.of)
  const deviation = Math.sqrt(both * (1 - both) * (1 / now.of + 1 / other.of))
  const apart = now.count / now.of - other.count / other.of
  if (deviation === 0 || Math.abs(apart) < LEAST_DEVIATIONS * deviation) return 'chance'
  return apart > 0 ? 'worse' : 'better'
}

/**
 * Judges a percentile of durations by how many lie beyond that of the other time: no assumption is made of how durations are spread, and they
 * are spread very unevenly.
 * @param share of the percentile, such as 0.95
 * @param bound the percentile of the other time
 */
export function judgePercentile(
  { now, other }: { now: Float64Array; other: Float64Array },
  { share, bound }: { share: number; bound: number },
): Judgement {
  const least = Math.max(LEAST_ORDERS, LEAST_BEYOND / Math.min(share, 1 - share))
  if (Math.min(now.length, other.length) < least) return 'few'
  return judgeShare(countBeyond(now, bound), countBeyond(other, bound))
}

function countBeyond(sorted: Float64Array, bound: number): Share {
  return { count: sorted.reduce((count, ms) => (ms > bound ? count + 1 : count), 0), of: sorted.length }
}
