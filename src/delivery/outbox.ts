import type { Guard } from '../page/guard'
import { read, write } from './put-away'
import type { Waiting } from './waiting'

/**
 * What could not be sent outlives the page here, and the browser: in `localStorage`, the one storage that a page can still write while it goes away.
 * All tabs of the origin share it; whoever sends next takes from it.
 */
export interface Outbox {
  /** @returns whether it is kept; `false` where storage is full, blocked or not allowed */
  put(waiting: readonly Waiting[], head: string): boolean
  /** Takes the oldest, orders first, so that no other tab has it too. */
  take(mostBytes: number): Promise<Waiting[]>
  /** Throws away all that is there. */
  clear(): void
}

export interface OutboxParts {
  guard: Guard
  mayStore(): boolean
  onDrop(reason: string, spans: number): void
}

const PREFIX = 'ordertrace.outbox.'
/** Orders before the rest, then by age: the order in which the keys sort. */
const kinds = { order: `${PREFIX}1.`, other: `${PREFIX}2.` }
const MOST_CHARACTERS = 256 * 1024
const OLDEST_MS = 3 * 24 * 3600_000
/** What one tab removed is seen by another only after the browser has told it. */
const SETTLE_MS = 200

export function createOutbox({ guard, mayStore, onDrop }: OutboxParts): Outbox {
  // Blocked storage throws at every touch; it is touched once.
  let isBlocked = false
  const touch = <T>(work: () => T): T | undefined => {
    if (isBlocked || !mayStore()) return undefined
    const result = guard('outbox', work)
    isBlocked = result === undefined
    return result
  }
  const keys = () =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .sort()
  const drop = (key: string, reason: string) => {
    const spans = read(localStorage.getItem(key))?.waiting.length ?? 0
    localStorage.removeItem(key)
    onDrop(reason, spans)
  }
  const bound = () => {
    let characters = 0
    const isFull = (key: string) => {
      characters += localStorage.getItem(key)?.length ?? 0
      return characters > MOST_CHARACTERS
    }
    // The newest of the orders are kept first, the oldest of the rest last.
    const byWorth = [kinds.order, kinds.other].flatMap((kind) =>
      keys()
        .filter((key) => key.startsWith(kind))
        .reverse(),
    )
    for (const key of byWorth) if (isFull(key)) drop(key, 'outbox-full')
  }
  const putKind = (kind: string, waiting: readonly Waiting[], head: string) => {
    if (waiting.length === 0) return
    const at = Date.now()
    const key = `${kind}${String(at).padStart(15, '0')}.${Math.random().toString(36).slice(2)}`
    localStorage.setItem(key, write(waiting, head, at))
  }
  const takeNow = (mostBytes: number) => {
    const taken: Waiting[] = []
    let bytes = 0
    for (const key of keys()) {
      if (bytes >= mostBytes) break
      const put = read(localStorage.getItem(key))
      if (put && Math.abs(Date.now() - put.at) > OLDEST_MS) {
        drop(key, 'too-old')
        continue
      }
      localStorage.removeItem(key)
      for (const item of put?.waiting ?? []) {
        bytes += item.bytes
        taken.push(item)
      }
    }
    return taken
  }
  return {
    put: (waiting, head) =>
      guard('outbox', () => {
        if (isBlocked || !mayStore()) return false
        for (const kind of ['order', 'other'] as const)
          putKind(
            kinds[kind],
            waiting.filter(({ isOrder }) => isOrder === (kind === 'order')),
            head,
          )
        bound()
        return true
      }) ?? false,
    async take(mostBytes) {
      if (!touch(() => keys().length)) return []
      return alone(() => touch(() => takeNow(mostBytes)) ?? [])
    },
    clear: () =>
      void guard('outbox', () => {
        for (const key of keys()) localStorage.removeItem(key)
      }),
  }
}

/** Runs `take` while no other tab does; without Web Locks (no secure context) as it comes. */
async function alone(take: () => Waiting[]): Promise<Waiting[]> {
  if (!navigator.locks) return take()
  return new Promise((resolve) => {
    navigator.locks
      .request(PREFIX, { ifAvailable: true }, async (lock) => {
        resolve(lock ? take() : [])
        if (lock) await new Promise((settled) => setTimeout(settled, SETTLE_MS))
      })
      .catch(() => resolve([]))
  })
}
