import { queues, type StatusFromMes } from '../parts/orders/order-messages'
import { checkNextStatus, type OrderStatus } from '../parts/orders/order-status'
import { readStep } from '../parts/orders/step'
import { ApiError } from './api-error'
import type { Move } from './move-order'
import { writeStatus } from './orders'
import { computePrice, isMaterial } from './price'

/** Prices the order in the material of the request's body, and tells the shop's side. */
export const price: Move = async (client, { order, request, ...what }) => {
  checkNextStatus(order.status, 'PRICE_CALCULATED')
  const material = (request.body as { material?: unknown } | undefined)?.material
  if (!isMaterial(material)) throw new ApiError('material_unknown')
  const kopecks = computePrice({ material, modelSize: order.model.size, quantity: order.quantity })
  const query = 'UPDATE orders SET material = $2, price_kopecks = $3 WHERE id = $1'
  await client.query(query, [order.id, material, kopecks])
  await changeStatus('PRICE_CALCULATED')(client, { order: { ...order, price: kopecks }, request, ...what })
}

/** Takes an approved order: of two operators who do so at once, the second waits for the first and is refused. */
export const take: Move = async (client, { order, operatorId }) => {
  if (order.operatorId && order.operatorId !== operatorId) throw new ApiError('order_taken')
  if (order.status !== 'MANUFACTURING_APPROVED') throw new ApiError('order_not_ready')
  const query = 'UPDATE orders SET operator_id = $2, last_step = $3 WHERE id = $1'
  await client.query(query, [order.id, operatorId, readStep()])
}

/** Moves an order on that the operator has taken. */
export function work(status: OrderStatus): Move {
  return async (client, what) => {
    checkNextStatus(what.order.status, status)
    if (!what.order.operatorId) throw new ApiError('order_not_taken')
    if (what.order.operatorId !== what.operatorId) throw new ApiError('order_taken')
    await changeStatus(status)(client, what)
  }
}

/** Writes the new status, and the message of it to the shop's side. */
function changeStatus(status: OrderStatus): Move {
  return async (client, { order: { id, price }, operatorId, outbox }) => {
    const step = readStep()
    await writeStatus(client, { id, status, step, operatorId })
    const body: StatusFromMes = { orderId: id, status, step, price }
    await outbox.add(client, { queue: queues.fromMes, body })
  }
}
