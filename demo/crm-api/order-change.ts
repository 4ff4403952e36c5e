import type { PoolClient } from 'pg'
import type { OrderForMes } from '../parts/orders/order-messages'
import type { OrderStatus } from '../parts/orders/order-status'

/** An order that nobody else changes until the transaction ends. */
export interface LockedOrder extends Pick<OrderForMes, 'productId' | 'quantity' | 'model'> {
  id: string
  status: OrderStatus
  lastStep: string | null
}

interface LockedRow {
  status: OrderStatus
  last_step: string | null
  product_id: string
  quantity: number
  model_name: string
  model_size: string
}

/** Locks the order; nothing when there is none. */
export async function lockOrder(client: PoolClient, id: string): Promise<LockedOrder | undefined> {
  const query =
    'SELECT status, last_step, product_id, quantity, model_name, model_size FROM orders WHERE id = $1 FOR UPDATE'
  const { rows } = await client.query<LockedRow>(query, [id])
  return rows.map((row) => ({
    id,
    status: row.status,
    lastStep: row.last_step,
    productId: row.product_id,
    quantity: row.quantity,
    model: { name: row.model_name, size: Number(row.model_size) },
  }))[0]
}

/** Writes the status, which has been checked, with the step that brought it. */
export async function writeStatus(
  client: PoolClient,
  { id, status, step }: { id: string; status: OrderStatus; step: string | null },
): Promise<void> {
  await client.query('UPDATE orders SET status = $2, last_step = $3 WHERE id = $1', [id, status, step])
  await client.query('INSERT INTO order_status_history (order_id, status) VALUES ($1, $2)', [id, status])
}

/** Writes a step that left the status as it was. */
export async function writeLastStep(
  client: PoolClient,
  { id, step }: { id: string; step: string | null },
): Promise<void> {
  await client.query('UPDATE orders SET last_step = $2 WHERE id = $1', [id, step])
}

/** Writes the price, which may come later than the approval. */
export async function writePrice(client: PoolClient, { id, price }: { id: string; price: number }): Promise<void> {
  await client.query('UPDATE orders SET price_kopecks = $2 WHERE id = $1', [id, price])
}
