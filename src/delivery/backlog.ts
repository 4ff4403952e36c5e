import type { FinishedSpan } from '../spans/recorded-span'

export interface Waiting {
  span: FinishedSpan
  /** Spans of orders go first, and are given up last. */
  isOrder: boolean
}

/** Spans that ended and are not yet sent. */
export interface Backlog {
  add(waiting: Waiting): void
  /** Takes at most `most` spans, orders first, each in the order in which they ended. */
  take(most: number): Waiting[]
  /** Gives back what could not be sent, to the front. */
  putBack(waiting: Waiting[]): void
  readonly size: number
}

/** About 1.5 MB of memory at 0.7 kB a span. */
const MOST_WAITING = 2000

/** @param onDrop a span was given up: the oldest first, and never one of an order before another */
export function createBacklog(onDrop: () => void): Backlog {
  let orders: Waiting[] = []
  let others: Waiting[] = []
  const bound = () => {
    while (orders.length + others.length > MOST_WAITING) {
      if (others.length > 0) others.shift()
      else orders.shift()
      onDrop()
    }
  }
  return {
    get size() {
      return orders.length + others.length
    },
    add(waiting) {
      if (waiting.isOrder) orders.push(waiting)
      else others.push(waiting)
      bound()
    },
    take(most) {
      const taken = orders.splice(0, most)
      return taken.concat(others.splice(0, most - taken.length))
    },
    putBack(waiting) {
      orders = waiting.filter(({ isOrder }) => isOrder).concat(orders)
      others = waiting.filter(({ isOrder }) => !isOrder).concat(others)
      bound()
    },
  }
}
