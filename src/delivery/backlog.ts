import type { Waiting } from './waiting'

/** Spans that ended and are not yet sent, counted in bytes. */
export interface Backlog {
  add(waiting: Waiting): void
  /** Takes spans of at most `mostBytes` together, orders first, each in the order in which they ended; one at least. */
  take(mostBytes: number): Waiting[]
  /** Gives back what could not be sent, to the front. */
  putBack(waiting: readonly Waiting[]): void
  /** What `take` would take, without taking it. */
  peek(mostBytes: number): Waiting[]
  remove(waiting: ReadonlySet<Waiting>): void
  all(): readonly Waiting[]
  /** Writes again what this page made. */
  rewrite(encode: (waiting: Waiting) => Waiting): void
  readonly size: number
  readonly bytes: number
}

/** About 2,900 spans; a page that makes more while its collector is down has other troubles. */
export const MOST_BYTES = 2 * 1024 * 1024

/** @param onDrop a span was given up: the oldest first, and never one of an order before another */
export function createBacklog(onDrop: () => void): Backlog {
  let orders: Waiting[] = []
  let others: Waiting[] = []
  let bytes = 0
  const count = (waiting: readonly Waiting[], sign: 1 | -1) => {
    for (const item of waiting) bytes += sign * item.bytes
  }
  const all = () => [...orders, ...others]
  const bound = () => {
    while (bytes > MOST_BYTES) {
      const dropped = others.shift() ?? orders.shift()
      if (!dropped) return
      count([dropped], -1)
      onDrop()
    }
  }
  const peek = (mostBytes: number) => {
    const taken: Waiting[] = []
    let room = mostBytes
    for (const item of all()) {
      room -= item.bytes
      if (room < 0 && taken.length > 0) break
      taken.push(item)
    }
    return taken
  }
  const remove = (gone: ReadonlySet<Waiting>) => {
    const isGone = (item: Waiting) => gone.has(item)
    const isLeft = (item: Waiting) => !isGone(item)
    count(all().filter(isGone), -1)
    orders = orders.filter(isLeft)
    others = others.filter(isLeft)
  }
  return {
    get size() {
      return orders.length + others.length
    },
    get bytes() {
      return bytes
    },
    all,
    rewrite(encode) {
      // They stay the same for whoever knows them.
      for (const waiting of all()) Object.assign(waiting, encode(waiting))
      bytes = 0
      count(all(), 1)
    },
    add(waiting) {
      if (waiting.isOrder) orders.push(waiting)
      else others.push(waiting)
      count([waiting], 1)
      bound()
    },
    take(mostBytes) {
      const taken = peek(mostBytes)
      remove(new Set(taken))
      return taken
    },
    peek,
    putBack(waiting) {
      orders = waiting.filter(({ isOrder }) => isOrder).concat(orders)
      others = waiting.filter(({ isOrder }) => !isOrder).concat(others)
      count(waiting, 1)
      bound()
    },
    remove,
  }
}
