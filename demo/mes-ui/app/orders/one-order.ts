import { createFresh, type Fresh } from '../fresh'
import { ask } from './board'
import type { OrderWithHistory } from './order'

/** One order with its history, kept up to date. */
export function createOneOrder(id: string, onProblem: (error: unknown) => void): Fresh<OrderWithHistory> {
  return createFresh<OrderWithHistory>({
    ask: () => ask<OrderWithHistory>(`/api/orders/${encodeURIComponent(id)}`),
    adopt: (before, after) => (before && JSON.stringify(before) === JSON.stringify(after) ? before : after),
    onProblem,
  })
}
