import type { Checkout } from '../analyst/checkout'
import { readCheckouts, type WhichCheckouts } from '../analyst/read-checkouts'
import type { JaegerClient } from '../jaeger/client'
import type { Completeness } from '../jaeger/read-in-slices'
import type { EmbeddedTime } from './protocol'

/** What has been read of a time: all of it, or the newest part, which can be gone on with. */
export interface ReadTime {
  which: WhichCheckouts
  checkouts: Checkout[]
  completeness: Completeness
  isWhole: boolean
}

/** More orders than this are not read, ever so often one goes on. */
const MOST = 50_000

export function unreadTime(which: WhichCheckouts): ReadTime {
  return { which, checkouts: [], completeness: { readFrom: which.to, crowded: [] }, isWhole: false }
}

/** One that was read elsewhere; there is nothing to go on with. */
export function readTime({ which, checkouts, completeness }: EmbeddedTime): ReadTime {
  return { which, checkouts: [...checkouts], completeness, isWhole: true }
}

/** Reads what is missing of a time into it, from where it was left. */
export async function readOn(
  client: Pick<JaegerClient, 'findTraces'>,
  time: ReadTime,
  { signal, onSlice }: { signal: AbortSignal; onSlice(): void },
): Promise<void> {
  const { which, checkouts } = time
  const { readFrom, crowded, unreadable = 0 } = time.completeness
  // A stretch that was left half read is read again.
  const known = new Set(checkouts.map(({ traceId }) => traceId))
  const missing = { ...which, to: readFrom }
  for await (const slice of readCheckouts(client, missing, { signal, most: MOST - known.size })) {
    checkouts.push(...slice.checkouts.filter(({ traceId }) => !known.has(traceId)))
    const found = slice.completeness
    const odd = unreadable + (found.unreadable ?? 0)
    time.completeness = { ...found, crowded: [...crowded, ...found.crowded], ...(odd > 0 && { unreadable: odd }) }
    onSlice()
  }
  time.isWhole = true
}

/** How much of it has been read, 0 to 1. */
export function shareRead({ which: { from, to }, completeness: { readFrom } }: ReadTime): number {
  return to === from ? 1 : (to - readFrom) / (to - from)
}
