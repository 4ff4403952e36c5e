import { type OrderStatus, orderStatuses } from '../../../parts/orders/order-status'
import type { OrderWithHistory } from './order'

/** One of the nine statuses on an order's way. */
export interface LineStep {
  status: OrderStatus
  state: 'done' | 'current' | 'ahead'
  /** When the order came to it, as far as the MES knows. */
  at: string | undefined
}

/** The nine statuses, with where the order is. */
export function describeLine({ status: now, history }: OrderWithHistory): LineStep[] {
  const current = orderStatuses.indexOf(now)
  return orderStatuses.map((status, index) => ({
    status,
    state: index < current ? 'done' : index === current ? 'current' : 'ahead',
    at: history.find((entry) => entry.status === status && entry.event === null)?.at,
  }))
}
