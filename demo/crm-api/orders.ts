import type { Pool } from 'pg'
import type { OrderStatus } from '../parts/orders/order-status'
import {
  type Model,
  type OrderRow,
  orderColumns,
  type Order as ShopOrder,
  toModel,
  toOrder,
} from '../shop-db/order-row'

/** An order as the CRM shows it. */
export interface Order extends ShopOrder {
  customerId: string
}

export interface Search {
  status?: OrderStatus | undefined
  /** The beginning of an order's number, or a customer's whole id. */
  text?: string | undefined
  /** The order after which the list goes on. */
  after?: string | undefined
}

/** How many orders one answer holds. */
const pageSize = 50

/** The orders that fit, the newest first, and after which to ask for more. */
export async function listOrders(pool: Pool, search: Search): Promise<{ orders: Order[]; next: string | null }> {
  const { rows } = await pool.query<OrderRow>(
    `SELECT ${orderColumns} FROM orders
     WHERE ($1::text IS NULL OR status = $1) AND ($2::text IS NULL OR starts_with(id, $2) OR customer_id = $2)
       AND ($3::text IS NULL OR (created_at, id) < (SELECT created_at, id FROM orders WHERE id = $3))
     ORDER BY created_at DESC, id DESC LIMIT ${pageSize + 1}`,
    [search.status ?? null, search.text ?? null, search.after ?? null],
  )
  const orders = rows.slice(0, pageSize).map(toCrmOrder)
  return { orders, next: rows.length > pageSize ? (orders.at(-1)?.id ?? null) : null }
}

/** One order with where its model is. */
export async function findOrder(pool: Pool, id: string): Promise<{ order: Order; model: Model } | undefined> {
  const { rows } = await pool.query<OrderRow>(`SELECT ${orderColumns} FROM orders WHERE id = $1`, [id])
  return rows.map((row) => ({ order: toCrmOrder(row), model: toModel(row) }))[0]
}

function toCrmOrder(row: OrderRow): Order {
  return { ...toOrder(row), customerId: row.customer_id }
}
