import type { HistoryEntry, Order } from '../../../mes-api/orders'

export type { HistoryEntry, Order }

/** One order as its own page shows it. */
export interface OrderWithHistory extends Order {
  history: HistoryEntry[]
}

/** Are these the same order in the same state? Both come from the same API, which writes its fields in one order. */
export function isSameOrder(one: Order, other: Order): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
