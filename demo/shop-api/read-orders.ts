import { pipeline } from 'node:stream/promises'
import type { Request, RequestHandler, Response } from 'express'
import type { Pool } from 'pg'
import { isId } from '../parts/orders/order-ids'
import { withIds } from '../parts/tracing/edge'
import { listHistory, type Model, type Order } from '../shop-db/order-row'
import { ApiError } from './api-error'
import { findOrder, listOrders } from './orders'
import { requireUser } from './session'
import type { Stores } from './submit-order'

/** `GET /api/orders`: the customer's own. */
export function showOrders(pool: Pool): RequestHandler {
  return async (_request, response) => {
    response.json(await listOrders(pool, requireUser(response)))
  }
}

/** `GET /api/orders/:id`: an own order with what happened to it so far. */
export function showOrder({ pool }: Stores): RequestHandler {
  return withOrder(pool, async ({ order }, response) => {
    response.json({ ...order, history: await listHistory(pool, order.id) })
  })
}

/** `GET /api/orders/:id/model`: the file as it was sent. */
export function downloadModel({ pool, files }: Stores): RequestHandler {
  return withOrder(pool, async ({ model }, response) => {
    const stream = await files.get(model.key)
    if (!stream) throw new ApiError('model_lost')
    // Always saved and never shown: the bytes are a stranger's.
    response.attachment(model.name).type(model.type).set('Content-Length', String(model.size))
    await pipeline(stream, response)
  })
}

type Handler = (found: { order: Order; model: Model }, response: Response) => Promise<void>

/** Finds the order of the address first. Somebody else's is refused in the same words as one that does not exist. */
function withOrder(pool: Pool, handler: Handler): RequestHandler {
  return async (request: Request, response: Response) => {
    const userId = requireUser(response)
    const id = request.params.id
    if (!isId(id)) throw new ApiError('order_unknown')
    await withIds({ order_id: id }, async () => {
      const found = await findOrder(pool, { id, userId })
      if (!found) throw new ApiError('order_unknown')
      await handler(found, response)
    })
  }
}
