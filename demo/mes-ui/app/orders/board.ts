import { api } from '../../../ui/api'
import { createFresh, type Fresh } from '../fresh'
import { isSameOrder, type Order } from './order'

/** An answer that takes longer than this is none, ms: better to say that the board is old. */
const patience = 15_000

/** Asks the API for something, with patience but not for ever. */
export function ask<Answer>(path: string): Promise<Answer> {
  return api<Answer>(path, { signal: AbortSignal.timeout(patience) })
}

/** All orders that are in the house. */
export interface Board extends Fresh<readonly Order[]> {
  /** Takes over how an order is now. */
  put(order: Order): void
}

/** Creates the board; it is filled when it is started. */
export function createBoard(onProblem: (error: unknown) => void): Board {
  const fresh = createFresh<readonly Order[]>({
    ask: async () => (await ask<{ orders: Order[] }>('/api/orders')).orders,
    adopt: keepEqual,
    onProblem,
  })
  return {
    ...fresh,
    put: (order) => fresh.change((orders) => orders.map((one) => (one.id === order.id ? order : one))),
  }
}

/** The new list, with the very objects of before where nothing changed, so that nothing of theirs is drawn again. */
export function keepEqual(before: readonly Order[] = [], after: readonly Order[]): readonly Order[] {
  const known = new Map(before.map((order) => [order.id, order]))
  const merged = after.map((order) => {
    const same = known.get(order.id)
    return same && isSameOrder(same, order) ? same : order
  })
  return merged.length === before.length && merged.every((order, at) => order === before[at]) ? before : merged
}
