import { trace } from '@opentelemetry/api'
import type { Pool, PoolClient } from 'pg'
import { readStatusFromMes, type StatusFromMes } from '../parts/orders/order-messages'
import { checkNextStatus, isPassed } from '../parts/orders/order-status'
import { inTransaction } from '../parts/postgres/database'
import type { Delivery } from '../parts/queue/queue'
import { withIds } from '../parts/tracing/edge'
import { lockOrder, writeLastStep, writePrice, writeStatus } from './order-change'

/**
 * Takes over what the MES says of an order. A message that comes twice, or late, does no harm; one that comes too early,
 * before the status between, is refused and comes again.
 */
export function receiveStatus(pool: Pool): (delivery: Delivery) => Promise<void> {
  return async ({ body }) => {
    const message = readStatusFromMes(body)
    await withIds({ order_id: message.orderId }, () => inTransaction(pool, (client) => apply(client, message)))
  }
}

async function apply(client: PoolClient, { orderId: id, status, step, price }: StatusFromMes): Promise<void> {
  const order = await lockOrder(client, id)
  if (!order) throw new Error('there is no such order in the Shop DB')
  if (price !== null) await writePrice(client, { id, price })
  if (status === order.status) {
    // Only the price is new, which is a step all the same: the next one links to it.
    trace.getActiveSpan()?.addEvent('status unchanged', { 'order.status': status })
    return writeLastStep(client, { id, step })
  }
  if (isPassed(status, order.status)) {
    trace.getActiveSpan()?.addEvent('status passed already', { 'order.status': order.status })
    return
  }
  checkNextStatus(order.status, status)
  await writeStatus(client, { id, status, step })
}
