import { quantile, sortNumbers } from './quantiles'

/** How long it took, over all. ms. */
export interface Distribution {
  count: number
  p50: number
  p75: number
  p95: number
  p99: number
  max: number
  bars: Bar[]
}

/** How many took from so long to so long, ms; the last bar includes its end. */
export interface Bar {
  from: number
  to: number
  count: number
  /** How many of them are slow. */
  slowCount: number
}

const BARS_PER_TENFOLD = 12

/** Percentiles, and bars of which each is wider than the one before by the same factor: a second more matters less the longer it takes. */
export function describeDistribution(durations: Iterable<number>, slowerThan = Infinity): Distribution {
  const sorted = sortNumbers(durations)
  const at = (share: number) => quantile(sorted, share)
  return {
    count: sorted.length,
    p50: at(0.5),
    p75: at(0.75),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
    bars: countBars(sorted, slowerThan),
  }
}

function countBars(sorted: Float64Array, slowerThan: number): Bar[] {
  const [least = 0, greatest = 0] = [sorted[0], sorted.at(-1)]
  if (sorted.length === 0) return []
  const placeOf = (ms: number) => Math.floor(Math.log10(Math.max(ms, 0.1)) * BARS_PER_TENFOLD)
  const [first, last] = [placeOf(least), placeOf(greatest)]
  const edge = (place: number) => 10 ** (place / BARS_PER_TENFOLD)
  const bars = Array.from({ length: last - first + 1 }, (_, index): Bar => {
    return { from: edge(first + index), to: edge(first + index + 1), count: 0, slowCount: 0 }
  })
  for (const ms of sorted) {
    const bar = bars[placeOf(ms) - first]
    if (!bar) continue
    bar.count++
    if (ms > slowerThan) bar.slowCount++
  }
  return bars
}
