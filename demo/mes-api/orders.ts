import type { Pool, PoolClient } from 'pg'
import type { OrderStatus } from '../parts/orders/order-status'
import type { Material } from './price'

/** An order as the MES shows it; times are ISO 8601, the price is in kopecks. */
export interface Order {
  id: string
  productId: string
  quantity: number
  status: OrderStatus
  material: Material | null
  price: number | null
  /** Who has taken it. */
  operatorId: string | null
  model: { name: string; size: number }
  receivedAt: string
}

/** What an operator does to an order without a change of its status. */
export type OrderEvent = 'priced' | 'taken' | 'released'

/** One line of an order's history. */
export interface HistoryEntry {
  /** The status that the order came to, or kept. */
  status: OrderStatus
  /** Null where it is the status that changed. */
  event: OrderEvent | null
  /** Who did it; null where it came from the shop's side. */
  operatorId: string | null
  at: string
}

/** An order that nobody else changes until the transaction ends. */
export interface LockedOrder extends Order {
  lastStep: string | null
}

interface OrderRow {
  id: string
  product_id: string
  quantity: number
  status: OrderStatus
  material: Material | null
  price_kopecks: string | null
  operator_id: string | null
  model_name: string
  model_size: string
  last_step: string | null
  received_at: Date
}

interface HistoryRow {
  status: OrderStatus
  event: OrderEvent | null
  operator_id: string | null
  at: Date
}

const columns =
  'id, product_id, quantity, status, material, price_kopecks, operator_id, model_name, model_size, last_step, received_at'
/** What is on the board unless somebody asks for another status: an order that has left the house is no work any more. */
const boardStatuses: readonly OrderStatus[] = [
  'SUBMITTED',
  'PRICE_CALCULATED',
  'MANUFACTURING_APPROVED',
  'MANUFACTURING_STARTED',
  'MANUFACTURING_COMPLETED',
  'PACKAGING',
]

/** The operators' queue, who waits longest first. */
export async function listOrders(pool: Pool, status?: OrderStatus): Promise<Order[]> {
  const query = `SELECT ${columns} FROM orders WHERE status = ANY($1) ORDER BY received_at, id LIMIT 500`
  const { rows } = await pool.query<OrderRow>(query, [status ? [status] : boardStatuses])
  return rows.map(toOrder)
}

/** One order. */
export async function findOrder(pool: Pool, id: string): Promise<Order | undefined> {
  const { rows } = await pool.query<OrderRow>(`SELECT ${columns} FROM orders WHERE id = $1`, [id])
  return rows.map(toOrder)[0]
}

/** Locks the order; nothing when there is none. */
export async function lockOrder(client: PoolClient, id: string): Promise<LockedOrder | undefined> {
  const { rows } = await client.query<OrderRow>(`SELECT ${columns} FROM orders WHERE id = $1 FOR UPDATE`, [id])
  return rows.map((row) => ({ ...toOrder(row), lastStep: row.last_step }))[0]
}

/** What happened to the order so far, the oldest first. */
export async function listHistory(pool: Pool, id: string): Promise<HistoryEntry[]> {
  const query = 'SELECT status, event, operator_id, at FROM order_status_history WHERE order_id = $1 ORDER BY position'
  const { rows } = await pool.query<HistoryRow>(query, [id])
  return rows.map(({ operator_id, at, ...row }) => ({ ...row, operatorId: operator_id, at: at.toISOString() }))
}

/** Writes a step of the order into its history, and where it brought the order, which has been checked. */
export async function writeStep(
  client: PoolClient,
  change: { id: string; status: OrderStatus; step: string | null; event?: OrderEvent; operatorId?: string },
): Promise<void> {
  const { id, status, step, event = null, operatorId = null } = change
  await client.query('UPDATE orders SET status = $2, last_step = $3 WHERE id = $1', [id, status, step])
  const query = 'INSERT INTO order_status_history (order_id, status, event, operator_id) VALUES ($1, $2, $3, $4)'
  await client.query(query, [id, status, event, operatorId])
}

/** Writes who has the order from now on; null for nobody. */
export async function writeOperator(client: PoolClient, id: string, operatorId: string | null): Promise<void> {
  await client.query('UPDATE orders SET operator_id = $2 WHERE id = $1', [id, operatorId])
}

function toOrder(row: OrderRow): Order {
  return {
    id: row.id,
    productId: row.product_id,
    quantity: row.quantity,
    status: row.status,
    material: row.material,
    price: row.price_kopecks === null ? null : Number(row.price_kopecks),
    operatorId: row.operator_id,
    model: { name: row.model_name, size: Number(row.model_size) },
    receivedAt: row.received_at.toISOString(),
  }
}
