import { queues, type StatusFromMes } from '../parts/orders/order-messages'
import { checkNextStatus, type OrderStatus } from '../parts/orders/order-status'
import { readStep } from '../parts/orders/step'
import { ApiError } from './api-error'
import { isForeman } from './foreman'
import type { Move } from './move-order'
import { type OrderEvent, writeOperator, writeStep } from './orders'
import { computePrice, isMaterial } from './price'

/**
 * Prices the order in the material of the request's body, and tells the shop's side. An order that a manager approved before
 * it had a price gets it now, and its status stays.
 */
export const price: Move = async (client, { order, request, ...what }) => {
  const isApprovedUnpriced = order.status === 'MANUFACTURING_APPROVED' && order.price === null
  if (!isApprovedUnpriced) checkNextStatus(order.status, 'PRICE_CALCULATED')
  const material = (request.body as { material?: unknown } | undefined)?.material
  if (!isMaterial(material)) throw new ApiError('material_unknown')
  const kopecks = computePrice({ material, modelSize: order.model.size, quantity: order.quantity })
  const query = 'UPDATE orders SET material = $2, price_kopecks = $3 WHERE id = $1'
  await client.query(query, [order.id, material, kopecks])
  const tell = isApprovedUnpriced ? changeStatus(order.status, 'priced') : changeStatus('PRICE_CALCULATED')
  await tell(client, { order: { ...order, price: kopecks }, request, ...what })
}

/** Takes an approved order: of two operators who do so at once, the second waits for the first and is refused. */
export const take: Move = async (client, what) => {
  const { order, operator } = what
  if (order.operatorId && order.operatorId !== operator.userId) throw new ApiError('order_taken')
  if (order.status !== 'MANUFACTURING_APPROVED') throw new ApiError('order_not_ready')
  // Asked twice, after an answer that got lost, it is one taking.
  if (order.operatorId) return
  await writeOperator(client, order.id, operator.userId)
  await note('taken')(client, what)
}

/** Gives back an order on which no work has been done, for others to take. */
export const release: Move = async (client, what) => {
  const { order, operator } = what
  if (!order.operatorId) throw new ApiError('order_not_taken')
  if (order.operatorId !== operator.userId && !isForeman(operator)) throw new ApiError('order_of_another')
  if (order.status !== 'MANUFACTURING_APPROVED') throw new ApiError('order_in_work')
  await writeOperator(client, order.id, null)
  await note('released')(client, what)
}

/** Moves an order on that the operator has taken. */
export function work(status: OrderStatus): Move {
  return async (client, what) => {
    checkNextStatus(what.order.status, status)
    if (!what.order.operatorId) throw new ApiError('order_not_taken')
    if (what.order.operatorId !== what.operator.userId) throw new ApiError('order_taken')
    await changeStatus(status)(client, what)
  }
}

/** Writes a step that the shop's side need not hear of. */
function note(event: OrderEvent): Move {
  return async (client, { order: { id, status }, operator }) => {
    await writeStep(client, { id, status, event, step: readStep(), operatorId: operator.userId })
  }
}

/** Writes the new status, or what happened while it stayed, and the message of it to the shop's side. */
function changeStatus(status: OrderStatus, event?: OrderEvent): Move {
  return async (client, { order: { id, price }, operator, outbox }) => {
    const step = readStep()
    await writeStep(client, { id, status, step, operatorId: operator.userId, ...(event && { event }) })
    const body: StatusFromMes = { orderId: id, status, step, price }
    await outbox.add(client, { queue: queues.fromMes, body })
  }
}
