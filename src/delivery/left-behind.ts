import type { Storage } from '../page/storage'
import { randomHex } from '../spans/ids'
import { read, write } from './put-away'
import type { Waiting } from './waiting'

/**
 * What was on its way when the page went away, and had no answer yet. The next page of the tab asks the collector how it is: if it is well, what was on
 * its way a moment ago has arrived; if not, or if that was too long ago, the next page sends it again, by the same ids.
 */
export interface LeftBehind {
  /** Whether an earlier page left something of which it is not known yet. */
  readonly isOpen: boolean
  leave(onTheWay: readonly Waiting[], head: string): void
  /** What became of these came to be known before the page was gone: the next page has not to ask. */
  withdraw(waiting: readonly Waiting[]): void
  /** The page came back: what was on its way is followed here. @returns whether no page that came after has taken it over */
  stay(head: string): boolean
  /** The page came back, and does not know what became of these. */
  adopt(waiting: readonly Waiting[]): void
  /** The collector answered, or did not. @returns what has to be sent again */
  settle(isWell: boolean): Waiting[]
}

const KEY = 'ordertrace.left'
const MOST_CHARACTERS = 192 * 1024
/** Who comes back from a payment page, say, learns nothing of how the collector was when he went there. */
const LONG_AGO_MS = 5000
/** For an order a collector that is well is believed no longer than this, for an outage may have ended meanwhile. Not believed at all, most orders of pages that go at once would arrive twice. */
const MOMENT_MS = 300

/** @param areOrdersRepeated if not, orders are treated as everything else: hardly any arrives twice, and some that were refused unseen are lost */
export function createLeftBehind(storage: Storage, areOrdersRepeated = true, now = () => Date.now()): LeftBehind {
  // Frames of the same origin share the tab's storage, and pages in the back/forward cache may come back to it.
  const page = randomHex(8)
  let known: Waiting[] | undefined
  const texts = (): Record<string, string> => {
    try {
      return Object(JSON.parse(storage.read(KEY) ?? ''))
    } catch {
      return {}
    }
  }
  const keep = (all: Record<string, string>) => {
    if (Object.keys(all).length === 0) storage.remove(KEY)
    else storage.write(KEY, JSON.stringify(all))
  }
  /** Asking the storage at the start would hold up the page. What another page left is ours from then on. */
  const left = () => {
    if (!known) {
      const { [page]: own, ...others } = texts()
      known = Object.values(others).flatMap((text) => read(text).waiting)
      if (known.length > 0) keep(own ? { [page]: own } : {})
    }
    return known
  }
  let unanswered: readonly Waiting[] = []
  let itsHead = ''
  let isWritten = false
  /** When this page last left something. */
  let leftAt = 0
  const leave = (onTheWay: readonly Waiting[], head: string) => {
    unanswered = onTheWay
    if (onTheWay.length > 0) leftAt = now()
    itsHead = head
    const all = [...left(), ...onTheWay]
    const { [page]: _, ...others } = texts()
    const text = write(all, head, now())
    isWritten = all.length > 0 && text.length <= MOST_CHARACTERS
    keep(isWritten ? { ...others, [page]: text } : others)
  }
  return {
    get isOpen() {
      return left().length > 0
    },
    leave,
    withdraw(waiting) {
      const still = unanswered.filter((one) => !waiting.includes(one))
      if (still.length < unanswered.length) leave(still, itsHead)
    },
    stay(head) {
      const isOurs = !isWritten || page in texts()
      // Of an earlier page, or of this one, whose failure came to be known while it was away.
      const stillUnknown = isOurs ? left() : []
      known = undefined
      known = [...stillUnknown, ...left()]
      leave([], head)
      return isOurs
    },
    adopt(waiting) {
      known = [...left(), ...waiting]
    },
    settle(isWell) {
      const was = left()
      known = []
      if (was.length > 0) leave(unanswered, itsHead)
      // Of what came back with this page, too, the leaving counts. A clock that was set back meanwhile tells nothing.
      return was.filter(
        ({ at = leftAt, isOrder }) =>
          !isWell || Math.abs(now() - at) > (areOrdersRepeated && isOrder ? MOMENT_MS : LONG_AGO_MS),
      )
    },
  }
}
