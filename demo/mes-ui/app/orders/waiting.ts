import { day } from '../language/duration'
import type { Order } from './order'

/** What customers are promised, ms. */
const promised = 21 * day
/** From when an order needs a look, so that the promise can still be kept, ms. */
const soonAfter = 14 * day

export interface Waiting {
  ms: number
  /** `late`: longer than promised. */
  state: 'fine' | 'soon' | 'late'
}

/** How long the order has waited since the MES received it. */
export function computeWaiting({ receivedAt }: Pick<Order, 'receivedAt'>, now: number): Waiting {
  // The server's clock may be a little ahead of the terminal's.
  const ms = Math.max(0, now - Date.parse(receivedAt))
  return { ms, state: ms > promised ? 'late' : ms > soonAfter ? 'soon' : 'fine' }
}

/** How many of the orders have waited longer than promised. */
export function countLate(orders: readonly Order[], now: number): number {
  return orders.filter((order) => computeWaiting(order, now).state === 'late').length
}
