import type { Checkout } from './checkout'
import { type Hop, hopKind, hopKinds } from './hop'

/** What one place takes of the time: on average, so that all places together are the whole. ms. */
export interface HopComparison {
  hop: Hop
  slow: number
  normal: number
  /** All of them, slow and normal. */
  all: number
}

/** Where the time goes, in the order of an order's way, slow beside normal. */
export function compareHops({
  slow,
  normal,
}: {
  slow: readonly Checkout[]
  normal: readonly Checkout[]
}): HopComparison[] {
  const hops = new Set([...slow, ...normal].flatMap((checkout) => Object.keys(checkout.hops) as Hop[]))
  const all = [...slow, ...normal]
  const rows = [...hops].map((hop): HopComparison => {
    return { hop, slow: meanOf(slow, hop), normal: meanOf(normal, hop), all: meanOf(all, hop) }
  })
  const place = ({ hop }: HopComparison) => hopKinds.indexOf(hopKind(hop))
  return rows.sort((a, b) => place(a) - place(b) || b.all - a.all)
}

/** What a place takes on average of these, ms. */
export function meanOf(checkouts: readonly Checkout[], hop: Hop): number {
  if (checkouts.length === 0) return 0
  let sum = 0
  for (const checkout of checkouts) sum += checkout.hops[hop] ?? 0
  return sum / checkouts.length
}
