import type { Pool } from 'pg'
import { type OrderForMes, queues } from '../parts/orders/order-messages'
import { readStep } from '../parts/orders/step'
import { inTransaction } from '../parts/postgres/database'
import type { Outbox } from '../parts/queue/outbox'
import { type Model, type Order, type OrderRow, orderColumns, toModel, toOrder } from '../shop-db/order-row'

export interface NewOrder {
  id: string
  userId: string
  productId: string
  quantity: number
  model: Model
}

/** Saves a submitted order with its history and the message to the MES, which is to price it: all of it or nothing. */
export function insertOrder(
  { pool, outbox }: { pool: Pool; outbox: Outbox },
  { id, userId, productId, quantity, model }: NewOrder,
): Promise<Order> {
  const step = readStep()
  const message: OrderForMes = { orderId: id, status: 'SUBMITTED', step, productId, quantity, model: withoutKey(model) }
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<OrderRow>(
      `INSERT INTO orders
         (id, customer_id, product_id, quantity, status, model_key, model_name, model_size, model_type, last_step)
       VALUES ($1, $2, $3, $4, 'SUBMITTED', $5, $6, $7, $8, $9) RETURNING ${orderColumns}`,
      [id, userId, productId, quantity, model.key, model.name, model.size, model.type, step],
    )
    await client.query(
      `INSERT INTO order_status_history (order_id, status) VALUES ($1, 'INITIATED'), ($1, 'SUBMITTED')`,
      [id],
    )
    await outbox.add(client, { queue: queues.toMes, body: message })
    return rows.map(toOrder)[0] as Order
  })
}

/** The customer's orders, the newest first. */
export async function listOrders(pool: Pool, userId: string): Promise<Order[]> {
  const query = `SELECT ${orderColumns} FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 100`
  const { rows } = await pool.query<OrderRow>(query, [userId])
  return rows.map(toOrder)
}

/** One order of this customer with where its model is, or nothing: also when the order is somebody else's. */
export async function findOrder(
  pool: Pool,
  { id, userId }: { id: string; userId: string },
): Promise<{ order: Order; model: Model } | undefined> {
  const query = `SELECT ${orderColumns} FROM orders WHERE id = $1 AND customer_id = $2`
  const { rows } = await pool.query<OrderRow>(query, [id, userId])
  return rows.map((row) => ({ order: toOrder(row), model: toModel(row) }))[0]
}

function withoutKey({ name, size }: Model): OrderForMes['model'] {
  return { name, size }
}
