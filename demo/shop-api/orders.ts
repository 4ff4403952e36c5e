import type { Pool } from 'pg'
import { inTransaction } from '../parts/database'
import { type OrderForMes, queues } from '../parts/order-messages'
import type { Outbox } from '../parts/outbox'
import { readStep } from '../parts/step'

/** The model of an order: where it is, and what the customer called it. */
export interface Model {
  key: string
  name: string
  size: number
  type: string
}

export interface NewOrder {
  id: string
  userId: string
  productId: string
  quantity: number
  model: Model
}

/** An order as the API shows it; times are ISO 8601. */
export interface Order {
  id: string
  productId: string
  quantity: number
  status: string
  /** In kopecks, for all pieces together; null until the MES has said it. */
  price: number | null
  model: { name: string; size: number }
  createdAt: string
}

export interface StatusChange {
  status: string
  at: string
}

interface OrderRow {
  id: string
  product_id: string
  quantity: number
  status: string
  price_kopecks: string | null
  model_key: string
  model_name: string
  model_size: string
  model_type: string
  created_at: Date
}

const columns =
  'id, product_id, quantity, status, price_kopecks, model_key, model_name, model_size, model_type, created_at'

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
       VALUES ($1, $2, $3, $4, 'SUBMITTED', $5, $6, $7, $8, $9) RETURNING ${columns}`,
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
  const query = `SELECT ${columns} FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 100`
  const { rows } = await pool.query<OrderRow>(query, [userId])
  return rows.map(toOrder)
}

/** One order of this customer with where its model is, or nothing: also when the order is somebody else's. */
export async function findOrder(
  pool: Pool,
  { id, userId }: { id: string; userId: string },
): Promise<{ order: Order; model: Model } | undefined> {
  const query = `SELECT ${columns} FROM orders WHERE id = $1 AND customer_id = $2`
  const { rows } = await pool.query<OrderRow>(query, [id, userId])
  return rows.map((row) => ({ order: toOrder(row), model: toModel(row) }))[0]
}

/** What happened to the order so far, the oldest first. */
export async function listHistory(pool: Pool, id: string): Promise<StatusChange[]> {
  const query = 'SELECT status, at FROM order_status_history WHERE order_id = $1 ORDER BY position'
  const { rows } = await pool.query<{ status: string; at: Date }>(query, [id])
  return rows.map(({ status, at }) => ({ status, at: at.toISOString() }))
}

function toOrder(row: OrderRow): Order {
  return {
    id: row.id,
    productId: row.product_id,
    quantity: row.quantity,
    status: row.status,
    price: row.price_kopecks === null ? null : Number(row.price_kopecks),
    model: { name: row.model_name, size: Number(row.model_size) },
    createdAt: row.created_at.toISOString(),
  }
}

function toModel(row: OrderRow): Model {
  return { key: row.model_key, name: row.model_name, size: Number(row.model_size), type: row.model_type }
}

function withoutKey({ name, size }: Model): OrderForMes['model'] {
  return { name, size }
}
