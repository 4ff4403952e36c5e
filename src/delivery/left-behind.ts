import type { Storage } from '../page/storage'
import { read, write } from './put-away'
import type { Waiting } from './waiting'

/**
 * What was on its way when the page went away, and had no answer yet. The next page of the tab asks the collector how it is: if it is well, what was on
 * its way has arrived; if not, the next page sends it again, by the same ids.
 */
export interface LeftBehind {
  /** Whether an earlier page left something of which it is not known yet. */
  readonly isOpen: boolean
  leave(onTheWay: readonly Waiting[], head: string): void
  /** What became of these came to be known before the page was gone: the next page has not to ask. */
  withdraw(waiting: readonly Waiting[]): void
  /** The page came back: what was on its way is followed here. */
  stay(head: string): void
  /** The page came back, and does not know what became of these. */
  adopt(waiting: readonly Waiting[]): void
  /** The collector answered, or did not. @returns what has to be sent again */
  settle(isWell: boolean): Waiting[]
}

const KEY = 'ordertrace.left'
const MOST_CHARACTERS = 192 * 1024

export function createLeftBehind(storage: Storage, now = () => Date.now()): LeftBehind {
  let known: Waiting[] | undefined
  // Asking the storage at the start would hold up the page.
  const left = () => {
    known ??= read(storage.read(KEY)).waiting
    return known
  }
  let unanswered: readonly Waiting[] = []
  let itsHead = ''
  const leave = (onTheWay: readonly Waiting[], head: string) => {
    unanswered = onTheWay
    itsHead = head
    const all = [...left(), ...onTheWay]
    if (all.length === 0) return storage.remove(KEY)
    const text = write(all, head, now())
    if (text && text.length <= MOST_CHARACTERS) storage.write(KEY, text)
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
      leave([], head)
    },
    adopt(waiting) {
      known = [...left(), ...waiting]
    },
    settle(isWell) {
      const again = isWell ? [] : left()
      const wasOpen = left().length > 0
      known = []
      if (wasOpen) leave(unanswered, itsHead)
      return again
    },
  }
}
