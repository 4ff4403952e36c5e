import type { Pool } from 'pg'
import type { OrderStatus } from '../parts/orders/order-status'
import {
  listHistory,
  type Model,
  type OrderRow,
  orderColumns,
  type Order as ShopOrder,
  type StatusChange,
  toModel,
  toOrder,
} from '../shop-db/order-row'

/** An order as the CRM shows it. */
export interface Order extends ShopOrder {
  customerId: string
  product: { name: { ru: string; en: string } }
}

/** One order with what happened to it so far. */
export interface OrderWithHistory extends Order {
  history: StatusChange[]
}

export interface OrderList {
  orders: Order[]
  /** After which order to ask for more; null when that was all. */
  next: string | null
}

/** How many orders have a status; one that no order has is not there. */
export type OrderCounts = Partial<Record<OrderStatus, number>>

export interface Search {
  status?: OrderStatus | undefined
  /** The beginning of an order's number, or a customer's whole id. */
  text?: string | undefined
  /** The order after which the list goes on. */
  after?: string | undefined
}

type CrmRow = OrderRow & { name_ru: string; name_en: string }

/** Joined under the name that orders have for it, so that no other column of the two is called alike. */
const select = `SELECT ${orderColumns}, name_ru, name_en
  FROM orders JOIN (SELECT id AS product_id, name_ru, name_en FROM products) AS product USING (product_id)`

/** How many orders one answer holds. */
const pageSize = 50

/** The orders that fit, the newest first, and after which to ask for more. */
export async function listOrders(pool: Pool, search: Search): Promise<OrderList> {
  const { rows } = await pool.query<CrmRow>(
    `${select}
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
  const { rows } = await pool.query<CrmRow>(`${select} WHERE id = $1`, [id])
  return rows.map((row) => ({ order: toCrmOrder(row), model: toModel(row) }))[0]
}

/** One order with its history. */
export async function readOrder(pool: Pool, id: string): Promise<OrderWithHistory | undefined> {
  const found = await findOrder(pool, id)
  return found && { ...found.order, history: await listHistory(pool, id) }
}

/** What there is to do, and where everything else stands. */
export async function countOrders(pool: Pool): Promise<OrderCounts> {
  const query = 'SELECT status, count(*)::int AS count FROM orders GROUP BY status'
  const { rows } = await pool.query<{ status: OrderStatus; count: number }>(query)
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]))
}

function toCrmOrder(row: CrmRow): Order {
  const name = { ru: row.name_ru, en: row.name_en }
  return { ...toOrder(row), customerId: row.customer_id, product: { name } }
}
