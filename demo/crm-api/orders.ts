import type { Pool } from 'pg'
import type { OrderStatus } from '../parts/order-status'

/** An order as the CRM shows it; times are ISO 8601, the price is in kopecks. */
export interface Order {
  id: string
  customerId: string
  productId: string
  quantity: number
  status: OrderStatus
  price: number | null
  model: { name: string; size: number }
  createdAt: string
}

/** Where the model of an order is. */
export interface Model {
  key: string
  name: string
  size: number
  type: string
}

export interface Search {
  status?: OrderStatus | undefined
  /** The beginning of an order's number, or a customer's whole id. */
  text?: string | undefined
  /** The order after which the list goes on. */
  after?: string | undefined
}

interface OrderRow {
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

const columns =
  'id, customer_id, product_id, quantity, status, price_kopecks, model_key, model_name, model_size, model_type, created_at'
/** How many orders one answer holds. */
const pageSize = 50

/** The orders that fit, the newest first, and after which to ask for more. */
export async function listOrders(pool: Pool, search: Search): Promise<{ orders: Order[]; next: string | null }> {
  const { rows } = await pool.query<OrderRow>(
    `SELECT ${columns} FROM orders
     WHERE ($1::text IS NULL OR status = $1) AND ($2::text IS NULL OR starts_with(id, $2) OR customer_id = $2)
       AND ($3::text IS NULL OR (created_at, id) < (SELECT created_at, id FROM orders WHERE id = $3))
     ORDER BY created_at DESC, id DESC LIMIT ${pageSize + 1}`,
    [search.status ?? null, search.text ?? null, search.after ?? null],
  )
  const orders = rows.slice(0, pageSize).map(toOrder)
  return { orders, next: rows.length > pageSize ? (orders.at(-1)?.id ?? null) : null }
}

/** One order with where its model is. */
export async function findOrder(pool: Pool, id: string): Promise<{ order: Order; model: Model } | undefined> {
  const { rows } = await pool.query<OrderRow>(`SELECT ${columns} FROM orders WHERE id = $1`, [id])
  return rows.map((row) => ({ order: toOrder(row), model: toModel(row) }))[0]
}

/** What happened to the order so far, the oldest first. */
export async function listHistory(pool: Pool, id: string): Promise<{ status: OrderStatus; at: string }[]> {
  const query = 'SELECT status, at FROM order_status_history WHERE order_id = $1 ORDER BY position'
  const { rows } = await pool.query<{ status: OrderStatus; at: Date }>(query, [id])
  return rows.map(({ status, at }) => ({ status, at: at.toISOString() }))
}

function toOrder(row: OrderRow): Order {
  return {
    id: row.id,
    customerId: row.customer_id,
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
