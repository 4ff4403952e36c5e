import type { RequestHandler } from 'express'
import type { Pool } from 'pg'
import { forOrder, unknownOrder } from '../parts/orders/for-order'
import { isOrderStatus } from '../parts/orders/order-status'
import { ApiError } from './api-error'
import { findOrder, listHistory, listOrders } from './orders'
import { computePrice, materials } from './price'

/** `GET /api/orders?status=`: the board, or the orders of one status. */
export function showOrders(pool: Pool): RequestHandler {
  return async ({ query: { status } }, response) => {
    if (status !== undefined && !isOrderStatus(status)) throw new ApiError('status_unknown')
    response.json({ orders: await listOrders(pool, status) })
  }
}

/** `GET /api/orders/:id`: one order with what happened to it so far. */
export function showOrder(pool: Pool): RequestHandler {
  return forOrder(async (id, response) => {
    const order = await findOrder(pool, id)
    if (!order) throw unknownOrder()
    response.json({ ...order, history: await listHistory(pool, id) })
  })
}

/** `GET /api/orders/:id/prices`: what the order would cost in each material, so that an operator sees what the choice means. */
export function showPrices(pool: Pool): RequestHandler {
  return forOrder(async (id, response) => {
    const order = await findOrder(pool, id)
    if (!order) throw unknownOrder()
    const what = { modelSize: order.model.size, quantity: order.quantity }
    response.json({ prices: materials.map((material) => ({ material, price: computePrice({ material, ...what }) })) })
  })
}
