import type { Pool } from 'pg'
import type { OrderStatus } from '../parts/orders/order-status'

/** The model of an order: where it is, and what the customer called it. */
export interface Model {
  key: string
  name: string
  size: number
  type: string
}

/** An order as both of the Shop DB's APIs show it; times are ISO 8601. */
export interface Order {
  id: string
  productId: string
  quantity: number
  status: OrderStatus
  /** In kopecks, for all pieces together; null until the MES has said it. */
  price: number | null
  model: { name: string; size: number }
  createdAt: string
}

export interface StatusChange {
  status: OrderStatus
  at: string
}

export interface OrderRow {
  id: string
  customer_id: string
  product_id: string
  quantity: number
  status: OrderStatus
  price_kopecks: string | null
  model_key: string
  model_name: string
  model_size: string
  model_type: string
  created_at: Date
}

export const orderColumns =
  'id, customer_id, product_id, quantity, status, price_kopecks, model_key, model_name, model_size, model_type, created_at'

export function toOrder(row: OrderRow): Order {
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

export function toModel(row: OrderRow): Model {
  return { key: row.model_key, name: row.model_name, size: Number(row.model_size), type: row.model_type }
}

/** What happened to the order so far, the oldest first. */
export async function listHistory(pool: Pool, id: string): Promise<StatusChange[]> {
  const query = 'SELECT status, at FROM order_status_history WHERE order_id = $1 ORDER BY position'
  const { rows } = await pool.query<{ status: OrderStatus; at: Date }>(query, [id])
  return rows.map(({ status, at }) => ({ status, at: at.toISOString() }))
}
