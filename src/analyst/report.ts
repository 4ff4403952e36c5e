import { type Cause, findCauses } from './causes'
import type { Checkout, Outcome } from './checkout'
import { type CommonTrait, findCommonTraits } from './common'
import { compareHops, type HopComparison } from './comparison'
import { type Distribution, describeDistribution } from './distribution'
import { describeFunnel, type Funnel } from './funnel'
import { settleMessages } from './settle-messages'
import { slowThreshold, splitBySpeed } from './slow'
import { describeTrend, type TrendPoint } from './trend'

/** Of which orders the slowest can be listed. */
export const listedOutcomes = ['confirmed', 'failed', 'abandoned', 'open', 'all'] as const satisfies (Outcome | 'all')[]

export type ListedOutcome = (typeof listedOutcomes)[number]

export interface ReportOptions {
  /** The time that it is about, ms since 1970. */
  from: number
  to: number
  /** From how long on an order is slow, ms. Default: twice the median. */
  slowerThan?: number | undefined
  /** How many of the slowest. Default 20. */
  top?: number | undefined
  /** Of which the slowest are shown: one that hung and failed took long for another reason. Default `confirmed`. */
  outcome?: ListedOutcome | undefined
}

/** The answers to an analyst's questions. */
export interface Report {
  slowerThan: number
  slowCount: number
  normalCount: number
  distribution: Distribution
  trend: TrendPoint[]
  hops: HopComparison[]
  causes: Cause[]
  common: CommonTrait[]
  funnel: Funnel
  slowest: Checkout[]
}

const TOP = 20

/** Everything that there is to say about these orders. */
export function makeReport(read: readonly Checkout[], options: ReportOptions): Report {
  const checkouts = settleMessages(read)
  const { from, to, slowerThan = slowThreshold(checkouts), top = TOP, outcome = 'confirmed' } = options
  const bySpeed = splitBySpeed(checkouts, slowerThan)
  return {
    slowerThan,
    slowCount: bySpeed.slow.length,
    normalCount: bySpeed.normal.length,
    distribution: describeDistribution(confirmedMs(checkouts), slowerThan),
    trend: describeTrend(checkouts, { from, to }),
    hops: compareHops(bySpeed),
    causes: findCauses(checkouts, slowerThan),
    common: findCommonTraits(bySpeed),
    funnel: describeFunnel(checkouts),
    slowest: checkouts
      .filter((checkout) => outcome === 'all' || checkout.outcome === outcome)
      .sort((a, b) => b.ms - a.ms || b.at - a.at)
      .slice(0, top),
  }
}

/** An order that failed at once would make all look quicker, so only those that were confirmed count. */
function confirmedMs(checkouts: readonly Checkout[]): number[] {
  return checkouts.filter(({ outcome }) => outcome === 'confirmed').map(({ ms }) => ms)
}
