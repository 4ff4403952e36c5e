import type { Share } from './change'
import { quantile } from './quantiles'

/** Where the truth lies in 95 of 100 cases. */
export interface Band {
  least: number
  most: number
}

interface Estimate extends Band {
  value: number
}

/** So many standard deviations hold 95 %. */
const DEVIATIONS = 1.96

/** By how much a share lies above another one. */
export function bandOfShares(now: Share, other: Share): Band | undefined {
  return now.of === 0 || other.of === 0 ? undefined : bandOfDifference(estimateShare(now), estimateShare(other))
}

/** By how much a percentile lies above that of other durations, both sorted. */
export function bandOfPercentiles(
  { now, other }: { now: Float64Array; other: Float64Array },
  share: number,
): Band | undefined {
  if (now.length === 0 || other.length === 0) return undefined
  return bandOfDifference(estimatePercentile(now, share), estimatePercentile(other, share))
}

/** Wilson's interval, which is right also for shares near none and all. */
function estimateShare({ count, of }: Share): Estimate {
  const value = count / of
  const square = DEVIATIONS ** 2
  const middle = (count + square / 2) / (of + square)
  const half = (DEVIATIONS / (of + square)) * Math.sqrt((count * (of - count)) / of + square / 4)
  return { value, least: Math.max(0, middle - half), most: Math.min(1, middle + half) }
}

/** The values at the ranks between which the percentile's own lies: nothing is assumed of how durations are spread. */
function estimatePercentile(sorted: Float64Array, share: number): Estimate {
  const half = DEVIATIONS * Math.sqrt((share * (1 - share)) / sorted.length)
  const at = (place: number) => quantile(sorted, Math.min(1, Math.max(0, place)))
  return { value: at(share), least: at(share - half), most: at(share + half) }
}

/** The band of a difference out of those of both (Newcombe 1998; Zou and Donner 2008). */
function bandOfDifference(a: Estimate, b: Estimate): Band {
  const apart = a.value - b.value
  return {
    least: apart - Math.hypot(a.value - a.least, b.most - b.value),
    most: apart + Math.hypot(a.most - a.value, b.value - b.least),
  }
}
