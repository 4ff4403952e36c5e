import { chanceOf, findSignificant } from './chance'
import type { Checkout } from './checkout'
import { longestHop } from './hop'

/** Something that slow orders have in common more often than normal ones. */
export interface CommonTrait {
  trait: string
  value: string
  /** How many slow ones have it, and which share of the slow and of the normal ones. */
  slowCount: number
  slowShare: number
  normalShare: number
  /** How many normal ones have it. */
  normalCount: number
  /** How many times more often slow ones have it; `undefined` where no normal one has it. */
  lift: number | undefined
  /** How probable it would be by chance alone. */
  chance: number
  /** The value is the place that took longest. It says where slow ones are slow, which is no finding about who they are. */
  isPlace: boolean
}

/** Fewer slow ones than this say nothing. */
const LEAST_SLOW = 3
/** Of what is shown so large a share may be chance finds. */
const FALSE_SHARE = 0.05
/** What is certain and small helps nobody: so many times more often, and so many points apart. */
const LEAST_LIFT = 1.5
const LEAST_APART = 0.1
const MOST = 12

interface BySpeed {
  slow: readonly Checkout[]
  normal: readonly Checkout[]
}

/** What slow orders have in common, by how sure it is, and after it where most of their time went. Chance finds are left out. */
export function findCommonTraits(bySpeed: BySpeed): CommonTrait[] {
  if (bySpeed.slow.length < LEAST_SLOW || bySpeed.normal.length === 0) return []
  const traits = findCommon(bySpeed, ({ traits, service }) => Object.entries({ ui: service, ...traits }))
  const places = findCommon(bySpeed, ({ hops }) => [['hop', longestHop(hops)?.hop ?? '']])
  return [
    ...traits.map((found) => ({ ...found, isPlace: false })),
    ...places.map((found) => ({ ...found, isPlace: true })),
  ]
}

type Named = (checkout: Checkout) => string[][]

function findCommon({ slow, normal }: BySpeed, namesOf: Named): Omit<CommonTrait, 'isPlace'>[] {
  const normalCounts = countValues(normal, namesOf)
  const all = [...countValues(slow, namesOf)].map(([key, { trait, value, count: slowCount }]) => {
    const normalCount = normalCounts.get(key)?.count ?? 0
    const [slowShare, normalShare] = [slowCount / slow.length, normalCount / normal.length]
    const chance = chanceOf({ count: slowCount, of: slow.length, otherCount: normalCount, otherOf: normal.length })
    const lift = normalCount === 0 ? undefined : slowShare / normalShare
    return { trait, value, slowCount, slowShare, normalShare, normalCount, lift, chance }
  })
  // Every value counts as tried, also those that are then left out for being few or small.
  const isSignificant = findSignificant(
    all.map(({ chance }) => chance),
    FALSE_SHARE,
  )
  return all
    .filter((found, index) => isSignificant[index] && isLarge(found))
    .sort((a, b) => a.chance - b.chance || b.slowShare - a.slowShare)
    .slice(0, MOST)
}

function isLarge({ slowCount, slowShare, normalShare, lift = Infinity }: Omit<CommonTrait, 'isPlace'>): boolean {
  return slowCount >= LEAST_SLOW && lift >= LEAST_LIFT && slowShare - normalShare >= LEAST_APART
}

function countValues(checkouts: readonly Checkout[], namesOf: Named) {
  const counts = new Map<string, { trait: string; value: string; count: number }>()
  for (const checkout of checkouts)
    for (const [trait = '', value = ''] of namesOf(checkout)) {
      if (value === '') continue
      const key = `${trait}\n${value}`
      const known = counts.get(key) ?? { trait, value, count: 0 }
      known.count++
      counts.set(key, known)
    }
  return counts
}
