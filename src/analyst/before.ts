import type { Completeness } from '../jaeger/read-in-slices'
import { type Band, bandOfPercentiles, bandOfShares } from './band'
import { type Judgement, judgePercentile, judgeShare, type Share } from './change'
import type { Checkout } from './checkout'
import { describeFunnel, type Funnel } from './funnel'
import { quantile, sortNumbers } from './quantiles'
import { splitBySpeed } from './slow'
import { describeTrend, type TrendPoint } from './trend'

/** The figures that are set beside those of another time. */
export type FigureName = 'median' | 'p95' | 'slow' | 'failed' | 'abandoned' | 'lost'

/** A figure of now and of the other time: ms, or a share. `undefined` where there is nothing to have it of. */
export interface Change {
  now: number | undefined
  other: number | undefined
  judgement: Judgement
  /** Between which two the difference lies; `undefined` where there is none. */
  band: Band | undefined
}

/** Another time of the same length, to compare with. */
export interface BeforeFigures {
  from: number
  to: number
  count: number
  completeness: Completeness
  trend: TrendPoint[]
  changes: Record<FigureName, Change>
}

/** Compares the orders of a time with those of another one; what counts as slow now is taken for slow there too, or nobody could compare. */
export function compareTimes(
  now: readonly Checkout[],
  other: readonly Checkout[],
  { slowerThan, ...time }: { slowerThan: number; from: number; to: number; completeness: Completeness },
): BeforeFigures {
  const [a, b] = [count(now, slowerThan), count(other, slowerThan)]
  const shares = (['slow', 'failed', 'abandoned', 'lost'] as const).map((name) => [
    name,
    {
      now: shareOf(a[name]),
      other: shareOf(b[name]),
      judgement: judgeShare(a[name], b[name]),
      band: bandOfShares(a[name], b[name]),
    },
  ])
  const durations = { now: a.durations, other: b.durations }
  const changes = {
    median: comparePercentile(durations, 0.5),
    p95: comparePercentile(durations, 0.95),
    ...Object.fromEntries(shares),
  }
  return { ...time, count: other.length, trend: describeTrend(other, time), changes }
}

function count(checkouts: readonly Checkout[], slowerThan: number) {
  const funnel: Funnel = describeFunnel(checkouts)
  const { slow, normal } = splitBySpeed(checkouts, slowerThan)
  const of = (part: number, whole: number): Share => ({ count: part, of: whole })
  return {
    slow: of(slow.length, slow.length + normal.length),
    failed: of(funnel.failed, funnel.started),
    abandoned: of(funnel.abandoned, funnel.started),
    lost: of(funnel.lost, funnel.withMessages),
    durations: sortNumbers([...slow, ...normal].map(({ ms }) => ms)),
  }
}

function comparePercentile(durations: { now: Float64Array; other: Float64Array }, share: number): Change {
  const at = (sorted: Float64Array) => (sorted.length === 0 ? undefined : quantile(sorted, share))
  const [now, other] = [at(durations.now), at(durations.other)]
  const judged = judgePercentile(durations, { share, bound: other ?? 0 })
  // The same figure is no worse, whatever lies beyond it.
  const judgement = now === other && judged !== 'few' ? 'chance' : judged
  return { now, other, judgement, band: bandOfPercentiles(durations, share) }
}

function shareOf({ count, of }: Share): number | undefined {
  return of === 0 ? undefined : count / of
}
