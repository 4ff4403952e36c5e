import { Refusal } from '../http/refusal'

/** The statuses of an order, in order. */
export const orderStatuses = [
  'INITIATED',
  'SUBMITTED',
  'PRICE_CALCULATED',
  'MANUFACTURING_APPROVED',
  'MANUFACTURING_STARTED',
  'MANUFACTURING_COMPLETED',
  'PACKAGING',
  'SHIPPED',
  'CLOSED',
] as const

export type OrderStatus = (typeof orderStatuses)[number]

/** Which may follow which. A manager may approve an order before its price is known: of a regular customer, say. */
const following: Record<OrderStatus, readonly OrderStatus[]> = {
  INITIATED: ['SUBMITTED'],
  SUBMITTED: ['PRICE_CALCULATED', 'MANUFACTURING_APPROVED'],
  PRICE_CALCULATED: ['MANUFACTURING_APPROVED'],
  MANUFACTURING_APPROVED: ['MANUFACTURING_STARTED'],
  MANUFACTURING_STARTED: ['MANUFACTURING_COMPLETED'],
  MANUFACTURING_COMPLETED: ['PACKAGING'],
  PACKAGING: ['SHIPPED'],
  SHIPPED: ['CLOSED'],
  CLOSED: [],
}

/** Is this the name of a status? */
export function isOrderStatus(value: unknown): value is OrderStatus {
  return (orderStatuses as readonly unknown[]).includes(value)
}

/** Has an order that is `now` been through `status` already, or past it? */
export function isPassed(status: OrderStatus, now: OrderStatus): boolean {
  return orderStatuses.indexOf(status) <= orderStatuses.indexOf(now)
}

/** May an order that is `now` become `next`? */
export function mayBecome(now: OrderStatus, next: OrderStatus): boolean {
  return following[now].includes(next)
}

/** Throws a refusal (409) when an order that is `now` may not become `next`. */
export function checkNextStatus(now: OrderStatus, next: OrderStatus): void {
  if (mayBecome(now, next)) return
  const allowed = following[now].join(' or ') || 'nothing any more'
  throw new Refusal('status_not_allowed', [409, `The order is ${now}: it can become ${allowed}, not ${next}.`])
}
