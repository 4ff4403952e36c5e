import { pipeline } from 'node:stream/promises'
import type { Request, RequestHandler } from 'express'
import type { Pool } from 'pg'
import type { ModelReader } from '../parts/files/files'
import { forOrder, unknownOrder } from '../parts/orders/for-order'
import { isId } from '../parts/orders/order-ids'
import { isOrderStatus } from '../parts/orders/order-status'
import { ApiError } from './api-error'
import { countOrders, findOrder, listOrders, readOrder, type Search } from './orders'

/** `GET /api/orders?status=&search=&after=`: the orders of all customers, the newest first, in pages. */
export function showOrders(pool: Pool): RequestHandler {
  return async (request, response) => {
    response.json(await listOrders(pool, readSearch(request)))
  }
}

/** `GET /api/orders/counts`: how many orders have which status. */
export function showCounts(pool: Pool): RequestHandler {
  return async (_request, response) => {
    response.json(await countOrders(pool))
  }
}

/** `GET /api/orders/:id`: one order with what happened to it so far. */
export function showOrder(pool: Pool): RequestHandler {
  return forOrder(async (id, response) => {
    const order = await readOrder(pool, id)
    if (!order) throw unknownOrder()
    response.json(order)
  })
}

/** `GET /api/orders/:id/model`: the customer's file. */
export function downloadModel({ pool, files }: { pool: Pool; files: ModelReader }): RequestHandler {
  return forOrder(async (id, response) => {
    const found = await findOrder(pool, id)
    if (!found) throw unknownOrder()
    const { key, name, type } = found.model
    const stream = await files.get(key).catch((error: unknown) => {
      throw new ApiError('model_unreadable', { cause: error })
    })
    if (!stream) throw new ApiError('model_lost')
    // Always saved and never shown: the bytes are a stranger's. Without a length, so that the client knows of the end by our
    // ending: one that counted would close the connection with the last byte, which we could not tell from breaking off.
    response.attachment(name).type(type)
    await pipeline(stream, response)
  })
}

function readSearch({ query }: Request): Search {
  const { status, search, after } = query
  if (status !== undefined && !isOrderStatus(status)) throw new ApiError('status_unknown')
  if ((search !== undefined && !isId(search)) || (after !== undefined && !isId(after))) {
    throw new ApiError('search_invalid')
  }
  return { status, text: search, after }
}
