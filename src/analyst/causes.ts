import type { Checkout } from './checkout'
import { meanOf } from './comparison'
import { type Hop, hopKind } from './hop'
import { quantile, sortNumbers } from './quantiles'
import { splitBySpeed } from './slow'

/**
 * What made orders slow, late or fail:
 * - `slow`: this place took longer than it does in normal ones, and more than any other did
 * - `late`: the person did not wait, but the message of the order did, in the queue
 * - `lost`: the order is there, and its message never arrived
 * - `failed`: it broke at this place
 * - `abandoned`: the page went away first
 */
export type CauseKind = 'slow' | 'late' | 'lost' | 'failed' | 'abandoned'

/** The browser and the network to it are one: what a slow device or line looks like. */
export type CausePlace = Hop | 'device' | ''

export interface Cause {
  kind: CauseKind
  place: CausePlace
  count: number
  /** How much longer than normal it took in the middle of them, ms; 0 where nothing took long. */
  extraMs: number
  /** The worst of them, to look at. */
  traceIds: string[]
}

/** Later than so many times the median a message counts as late, and never below this, ms. */
const TIMES_MEDIAN_QUEUED = 3
const LEAST_LATE_MS = 1000
const EXAMPLES = 5

interface Found {
  kind: CauseKind
  place: CausePlace
  extraMs: number
}

/** Every cause of trouble with its orders, the most frequent first. An order that is slow and late counts for both. */
export function findCauses(checkouts: readonly Checkout[], slowerThan: number): Cause[] {
  const judge = createJudge(checkouts, slowerThan)
  const found = new Map<string, { cause: Found; of: { checkout: Checkout; extraMs: number }[] }>()
  for (const checkout of checkouts)
    for (const cause of judge(checkout)) {
      const key = `${cause.kind} ${cause.place}`
      const group = found.get(key) ?? { cause, of: [] }
      found.set(key, group)
      group.of.push({ checkout, extraMs: cause.extraMs })
    }
  const causes = [...found.values()].map(({ cause, of }): Cause => {
    const worst = [...of].sort(
      (a, b) => b.extraMs - a.extraMs || b.checkout.ms - a.checkout.ms || b.checkout.at - a.checkout.at,
    )
    return {
      kind: cause.kind,
      place: cause.place,
      count: of.length,
      extraMs: quantile(sortNumbers(of.map(({ extraMs }) => extraMs)), 0.5),
      traceIds: worst.slice(0, EXAMPLES).map(({ checkout }) => checkout.traceId),
    }
  })
  return causes.sort((a, b) => b.count - a.count || b.extraMs - a.extraMs)
}

/** What is wrong with one order, compared with the normal ones among all. */
export function createJudge(checkouts: readonly Checkout[], slowerThan: number): (checkout: Checkout) => Found[] {
  const { normal } = splitBySpeed(checkouts, slowerThan)
  const hops = [...new Set(checkouts.flatMap((checkout) => Object.keys(checkout.hops) as Hop[]))]
  const usual = new Map(hops.map((hop) => [hop, meanOf(normal, hop)]))
  const queued = sortNumbers(checkouts.filter(({ messages }) => messages === 'arrived').map(({ queuedMs }) => queuedMs))
  const usuallyQueued = quantile(queued, 0.5)
  const lateFrom = Math.max(LEAST_LATE_MS, TIMES_MEDIAN_QUEUED * usuallyQueued)
  return (checkout) => {
    const found: Found[] = []
    const { outcome, ms, messages, queuedMs } = checkout
    if (outcome === 'failed') found.push({ kind: 'failed', place: checkout.failedHop, extraMs: 0 })
    if (outcome === 'abandoned') found.push({ kind: 'abandoned', place: '', extraMs: 0 })
    if (outcome === 'confirmed' && ms > slowerThan) found.push(findSlowest(checkout, usual))
    if (messages === 'lost') found.push({ kind: 'lost', place: 'queue:queue', extraMs: 0 })
    else if (queuedMs > lateFrom) found.push({ kind: 'late', place: 'queue:queue', extraMs: queuedMs - usuallyQueued })
    return found
  }
}

/** The place that took most more than it usually does. */
function findSlowest(checkout: Checkout, usual: ReadonlyMap<Hop, number>): Found {
  const extra = new Map<CausePlace, number>()
  for (const [hop, ms] of Object.entries(checkout.hops) as [Hop, number][]) {
    const kind = hopKind(hop)
    const place: CausePlace = kind === 'browser' || kind === 'network' ? 'device' : hop
    extra.set(place, (extra.get(place) ?? 0) + ms - (usual.get(hop) ?? 0))
  }
  const [place, extraMs] = [...extra].sort((a, b) => b[1] - a[1])[0] ?? ['', 0]
  return { kind: 'slow', place, extraMs }
}
