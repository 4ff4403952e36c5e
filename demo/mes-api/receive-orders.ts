import { trace } from '@opentelemetry/api'
import type { Pool, PoolClient } from 'pg'
import { type OrderForMes, readOrderForMes } from '../parts/orders/order-messages'
import { checkNextStatus, isPassed } from '../parts/orders/order-status'
import { inTransaction } from '../parts/postgres/database'
import type { Delivery } from '../parts/queue/queue'
import { withIds } from '../parts/tracing/edge'
import { lockOrder, writeStep } from './orders'

/**
 * Takes over what the shop's side says of an order. Every message holds the whole order, so the approval of an order that the
 * MES has never heard of is no error; one that comes twice, or late, does no harm.
 */
export function receiveOrder(pool: Pool): (delivery: Delivery) => Promise<void> {
  return async ({ body }) => {
    const message = readOrderForMes(body)
    await withIds({ order_id: message.orderId }, () => inTransaction(pool, (client) => apply(client, message)))
  }
}

async function apply(client: PoolClient, message: OrderForMes): Promise<void> {
  const { orderId: id, status, step } = message
  if (await insertOrder(client, message)) return
  const order = await lockOrder(client, id)
  if (!order || isPassed(status, order.status)) {
    trace.getActiveSpan()?.addEvent('status passed already', { 'order.status': order?.status ?? 'none' })
    return
  }
  checkNextStatus(order.status, status)
  await writeStep(client, { id, status, step })
}

async function insertOrder(client: PoolClient, message: OrderForMes): Promise<boolean> {
  const { orderId: id, status, step, productId, quantity, model } = message
  const { rowCount } = await client.query(
    `INSERT INTO orders (id, product_id, quantity, model_name, model_size, status, last_step)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`,
    [id, productId, quantity, model.name, model.size, status, step],
  )
  if (rowCount) await client.query('INSERT INTO order_status_history (order_id, status) VALUES ($1, $2)', [id, status])
  return rowCount === 1
}
