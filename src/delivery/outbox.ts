import type { Guard } from '../page/guard'
import { randomHex } from '../spans/ids'
import { read, write } from './put-away'
import type { Waiting } from './waiting'

/**
 * What could not be sent outlives the page here, and the browser: in `localStorage`, the one storage that a page can still write while it goes away.
 * All tabs of the origin share it; whoever sends next takes from it.
 */
export interface Outbox {
  /** @returns what is kept: nothing where storage is blocked or not allowed, less than all where it is full */
  put(waiting: readonly Waiting[], head: string): Waiting[]
  /** Takes the oldest, orders first, so that no other tab has it too. */
  take(mostBytes: number): Promise<Waiting[]>
  /** The page goes away, and has not told the collector of so many dropped spans. @returns whether another page will */
  leaveCount(dropped: number): boolean
  /** Throws away all that is there. */
  clear(): void
}

export interface OutboxParts {
  guard: Guard
  mayStore(): boolean
  onDrop(reason: string, spans: number, wasPutAway: true): void
}

const PREFIX = 'ordertrace.outbox.'
/** Orders before the rest, then by age: the order in which the keys sort. */
const ORDERS = `${PREFIX}1.`
const OTHERS = `${PREFIX}2.`
const COUNT = `${PREFIX}dropped`
const MOST_CHARACTERS = 256 * 1024
/** Small, for what is too much is dropped by whole entries. */
const ENTRY_CHARACTERS = 16 * 1024
const OLDEST_MS = 3 * 24 * 3600_000
/** What one tab removed is seen by another only after the browser has told it. */
const SETTLE_MS = 200
/** So long one tab waits for the others, and for a browser that is slow to tell it that it is alone. */
const TURN_MS = 5000

export function createOutbox({ guard, mayStore, onDrop }: OutboxParts): Outbox {
  // Blocked storage throws at every touch; it is touched once.
  let isBlocked = false
  const touch = <T>(work: () => T): T | undefined => {
    if (isBlocked || !mayStore()) return undefined
    const result = guard('outbox', work)
    isBlocked = result === undefined
    return result
  }
  const keys = (prefix = PREFIX) =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .sort()
  const drop = (key: string, reason: string) => {
    const { length } = read(localStorage.getItem(key)).waiting
    localStorage.removeItem(key)
    onDrop(reason, length, true)
  }
  const bound = () => {
    let characters = 0
    // The newest of the orders are kept first, the oldest of the rest last.
    for (const key of [...keys(ORDERS).reverse(), ...keys(OTHERS).reverse()]) {
      characters += localStorage.getItem(key)?.length ?? 0
      if (characters > MOST_CHARACTERS) drop(key, 'outbox-full')
    }
  }
  const putEntry = (entry: readonly Waiting[], index: number, head: string) => {
    const { isOrder, at = Date.now() } = entry[0] as Waiting
    // Sorts by age: milliseconds have 13 digits until the year 2286.
    const key = `${isOrder ? ORDERS : OTHERS}${at}.${10_000 + index}.${randomHex(8)}`
    localStorage.setItem(key, write(entry, head, at))
  }
  const takeCount = () => {
    const dropped = Number(localStorage.getItem(COUNT))
    localStorage.removeItem(COUNT)
    if (dropped > 0) onDrop('on-an-earlier-page', dropped, true)
  }
  const takeNow = (mostBytes: number) => {
    const taken: Waiting[] = []
    let bytes = 0
    takeCount()
    for (const key of keys()) {
      if (bytes >= mostBytes) break
      const { at, waiting, isNewer } = read(localStorage.getItem(key))
      if (isNewer) continue
      if (Math.abs(Date.now() - at) > OLDEST_MS) {
        drop(key, 'too-old')
        continue
      }
      localStorage.removeItem(key)
      for (const item of waiting) {
        bytes += item.bytes
        taken.push(item)
      }
    }
    return taken
  }
  return {
    put(waiting, head) {
      const kept: Waiting[] = []
      if (isBlocked || !mayStore()) return kept
      guard('outbox', () => {
        for (const [index, entry] of divide(waiting).entries()) {
          putEntry(entry, index, head)
          kept.push(...entry)
        }
      })
      if (kept.length > 0) guard('outbox', bound)
      return kept
    },
    async take(mostBytes) {
      if (!touch(() => keys().length)) return []
      return alone(() => touch(() => takeNow(mostBytes)) ?? [])
    },
    leaveCount(dropped) {
      const before = touch(() => Number(localStorage.getItem(COUNT)))
      const leave = () => {
        localStorage.setItem(COUNT, String((before || 0) + dropped))
        return true
      }
      // Not by `touch`: a storage that is full is none that is blocked.
      return before !== undefined && guard('outbox', leave) === true
    },
    clear: () =>
      void guard('outbox', () => {
        for (const key of keys()) localStorage.removeItem(key)
      }),
  }
}

/** Into entries of one kind and age each. */
function divide(waiting: readonly Waiting[]): Waiting[][] {
  const entries: Waiting[][] = []
  let room = 0
  for (const item of waiting) {
    const last = entries.at(-1)
    room -= item.json.length
    if (last && room >= 0 && last[0]?.isOrder === item.isOrder && last[0].at === item.at) last.push(item)
    else {
      entries.push([item])
      room = ENTRY_CHARACTERS - item.json.length
    }
  }
  return entries
}

/** Runs `take` while no other tab does; without Web Locks (no secure context) as it comes. */
async function alone(take: () => Waiting[]): Promise<Waiting[]> {
  if (!navigator.locks) return take()
  return new Promise((resolve) => {
    navigator.locks
      .request(PREFIX, { signal: AbortSignal.timeout(TURN_MS) }, async () => {
        resolve(take())
        await new Promise((settled) => setTimeout(settled, SETTLE_MS))
      })
      .catch(() => resolve([]))
  })
}
