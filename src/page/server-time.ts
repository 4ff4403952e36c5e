import type { Clock } from './clock'

/** What servers say of the device's clock. */
export interface ServerTime {
  /** ms to be added to the device's time; 0 while no server has told otherwise. */
  readonly shiftMs: number
  /** A server answered a request that no cache can have answered. @param sentAt ms since the epoch, by our clock */
  heard(header: (name: string) => string | null | undefined, sentAt: number): void
}

/** A `Date` header names the second (https://www.rfc-editor.org/rfc/rfc9110#field.date). */
const SECOND = 1000
/** With a longer way the shift would be a guess: it is to be true within a second. */
const WIDEST_MS = 2 * SECOND
/** What devices are wrong by every day does no harm to a trace. */
const TOLERATED_MS = 2 * SECOND

/**
 * By the header `Server-Timing: now;dur=<ms since the epoch>`, or by `Date`: the server read its clock between our sending and our hearing, so each
 * answer bounds the shift from below and above, and several answers narrow it down.
 */
export function createServerTime(clock: Clock, onShift: () => void): ServerTime {
  let lowest = Number.NEGATIVE_INFINITY
  let highest = Number.POSITIVE_INFINITY
  let shiftMs = 0
  const bound = (low: number, high: number) => {
    const isAnother = low > highest || high < lowest
    lowest = isAnother ? low : Math.max(low, lowest)
    highest = isAnother ? high : Math.min(high, highest)
    if (shiftMs >= lowest && shiftMs <= highest) return
    const isTolerated = lowest <= TOLERATED_MS && highest >= -TOLERATED_MS
    const found = isTolerated ? 0 : Math.round((lowest + highest) / 2)
    if (found === shiftMs) return
    shiftMs = found
    onShift()
  }
  return {
    get shiftMs() {
      return shiftMs
    },
    heard(header, sentAt) {
      const heardAt = clock.now()
      const exact = Number(/(?:^|,)\s*now;(?:[^,]*;)?\s*dur=([\d.]+)/.exec(header('server-timing') ?? '')?.[1])
      const named = exact || Date.parse(header('date') ?? '')
      const width = heardAt - sentAt + (exact ? 0 : SECOND)
      if (Number.isFinite(named) && width >= 0 && width <= WIDEST_MS)
        bound(named - heardAt, named - sentAt + (exact ? 0 : SECOND))
    },
  }
}
