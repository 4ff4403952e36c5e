import { DoorRefusal } from './door-refusal'
import type { DoorLimits } from './limits'

/** How many bodies are read at once: a slow one holds a place, and must not hold all of them. */
export interface Places {
  /** Takes one, and gives the function that gives it back. Throws a refusal when there is none. */
  take(client: string): () => void
  /** How many are taken now. */
  readonly taken: number
}

export function createPlaces({ atOnce, atOnceOfAll }: Pick<DoorLimits, 'atOnce' | 'atOnceOfAll'>): Places {
  const taken = new Map<string, number>()
  let all = 0
  return {
    get taken() {
      return all
    },
    take(client) {
      const own = taken.get(client) ?? 0
      if (own >= atOnce) throw new DoorRefusal('too_many', `more than ${atOnce} requests at once`, 5)
      if (all >= atOnceOfAll) throw new DoorRefusal('busy', 'too many requests at once, of all senders together', 5)
      taken.set(client, own + 1)
      all++
      return () => {
        all--
        const left = (taken.get(client) ?? 1) - 1
        if (left > 0) taken.set(client, left)
        else taken.delete(client)
      }
    },
  }
}
