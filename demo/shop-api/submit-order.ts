import type { Request, RequestHandler } from 'express'
import type { Pool } from 'pg'
import type { ModelFiles } from '../parts/files/files'
import { isId } from '../parts/orders/order-ids'
import type { Outbox } from '../parts/queue/outbox'
import { withIds } from '../parts/tracing/edge'
import type { Order } from '../shop-db/order-row'
import { ApiError } from './api-error'
import { createId } from './ids'
import { type OrderForm, readOrderForm } from './order-form'
import { insertOrder, type NewOrder } from './orders'
import { isProduct } from './products'
import { requireUser } from './session'

export interface Stores {
  pool: Pool
  files: ModelFiles
  outbox: Outbox
}

/** `POST /api/orders`: stores the model, then the order. After any failure neither is there. */
export function submitOrder(stores: Stores): RequestHandler {
  return async (request, response) => {
    const userId = requireUser(response)
    // Made before anything is stored, so that every span of the storage and the database carries it.
    const id = createId('o')
    const order = await withIds({ order_id: id }, () => receiveOrder(stores, { request, id, userId }))
    response.status(201).location(`/api/orders/${id}`).json(order)
  }
}

async function receiveOrder(
  stores: Stores,
  { request, id, userId }: { request: Request; id: string; userId: string },
): Promise<Order> {
  const { pool, files } = stores
  let stored = false
  try {
    const form = await readOrderForm(request, async (stream, contentType) => {
      const size = await files.put(id, stream, { contentType })
      stored = true
      return size
    })
    const wish = await readWish(pool, form)
    return await save(stores, { id, userId, ...wish, model: { key: id, ...form.model } })
  } catch (error) {
    // A failure to tidy up must not hide why the order was refused.
    if (stored) await files.delete(id).catch((reason: unknown) => console.error(`model ${id} stays:`, reason))
    throw error
  }
}

async function readWish(pool: Pool, { fields }: OrderForm): Promise<{ productId: string; quantity: number }> {
  const text = fields.get('quantity') ?? ''
  const quantity = Number(text)
  if (!/^\d{1,3}$/.test(text) || quantity < 1 || quantity > 100) throw new ApiError('quantity_invalid')
  const productId = fields.get('productId')
  if (!isId(productId) || !(await isProduct(pool, productId))) throw new ApiError('product_unknown')
  return { productId, quantity }
}

async function save(stores: Stores, order: NewOrder): Promise<Order> {
  const saved = await insertOrder(stores, order).catch((error: unknown) => {
    throw new ApiError('order_not_saved', { cause: error })
  })
  stores.outbox.wake()
  return saved
}
