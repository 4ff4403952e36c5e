import { isId } from './order-ids'
import { isOrderStatus, type OrderStatus } from './order-status'
import { isStep } from './step'

/** The two queues between the shop's side and the MES. */
export const queues = { toMes: 'orders-for-mes', fromMes: 'statuses-from-mes' } as const

interface StatusOfOrder {
  orderId: string
  status: OrderStatus
  /** The step that brought the order to this status, for the next one to link to. */
  step: string | null
}

/** What the MES learns: an order with its new status. Whole each time, so that no message depends on an earlier one. */
export interface OrderForMes extends StatusOfOrder {
  productId: string
  quantity: number
  model: { name: string; size: number }
}

/**
 * What the MES tells: a status that an order has come to, with the price once there is one. With the status that the shop's
 * side knows already it tells the price alone: of an order that was approved before it had one.
 */
export interface StatusFromMes extends StatusOfOrder {
  price: number | null
}

/** Reads a message of {@link queues.toMes}. Throws when it is none, for it may come from anybody who can reach the queue. */
export function readOrderForMes(body: unknown): OrderForMes {
  const { productId, quantity, model, ...status } = asFields(body)
  const { name, size } = asFields(model)
  if (!isId(productId)) throw malformed('productId')
  if (!isCount(quantity)) throw malformed('quantity')
  if (typeof name !== 'string' || !isCount(size)) throw malformed('model')
  return { ...readStatus(status), productId, quantity, model: { name, size } }
}

/** Reads a message of {@link queues.fromMes}. Throws when it is none. */
export function readStatusFromMes(body: unknown): StatusFromMes {
  const { price, ...status } = asFields(body)
  if (price !== null && !isCount(price)) throw malformed('price')
  return { ...readStatus(status), price }
}

function readStatus({ orderId, status, step }: Record<string, unknown>): StatusOfOrder {
  if (!isId(orderId)) throw malformed('orderId')
  if (!isOrderStatus(status)) throw malformed('status')
  return { orderId, status, step: isStep(step) ? step : null }
}

function asFields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}

function malformed(field: string): Error {
  return new Error(`the message is malformed: ${field}`)
}
