import type { Backlog } from './backlog'
import type { Counts } from './counts'
import type { Outbox } from './outbox'
import type { Waiting } from './waiting'

/** Moves spans between this page and the outbox, and counts them. */
export interface Keeping {
  /** @returns whether all of it is kept for a later page */
  putAway(waiting: readonly Waiting[]): boolean
  /** Takes over what earlier pages put away, as much as goes into a request. @returns how many spans */
  restore(): Promise<number>
  /** The page goes away: dropped spans of which the collector has not been told, the next page tells. */
  leaveCount(): void
}

export interface KeepingParts {
  backlog: Backlog
  counts: Counts
  outbox: Outbox
  head: string
  maySend(): boolean
  /** It may have been forbidden meanwhile. */
  onRestored(): void
}

const RESTORED_AT_ONCE_BYTES = 48 * 1024

export function createKeeping({ backlog, counts, outbox, head, maySend, onRestored }: KeepingParts): Keeping {
  return {
    putAway(waiting) {
      const kept = maySend() ? outbox.put(waiting, head) : []
      counts.stored(kept.length)
      backlog.remove(new Set(kept))
      return kept.length === waiting.length
    },
    async restore() {
      const waiting = await outbox.take(RESTORED_AT_ONCE_BYTES)
      counts.restored(waiting.length)
      backlog.putBack(waiting)
      onRestored()
      return waiting.length
    },
    leaveCount() {
      const dropped = counts.untold()
      if (dropped > 0 && maySend() && outbox.leaveCount(dropped)) counts.told(dropped)
    },
  }
}
