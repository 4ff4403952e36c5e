import type { RequestHandler } from 'express'
import type { Pool, PoolClient } from 'pg'
import { Refusal } from '../parts/http/refusal'
import { forOrder, unknownOrder } from '../parts/orders/for-order'
import { type OrderForMes, queues } from '../parts/orders/order-messages'
import { checkNextStatus } from '../parts/orders/order-status'
import { linkToStep, readStep } from '../parts/orders/step'
import { inTransaction } from '../parts/postgres/database'
import type { Outbox } from '../parts/queue/outbox'
import { ApiError } from './api-error'
import { lockOrder, writeStatus } from './order-change'
import { readOrder } from './orders'

/** What a manager may make of an order. */
type ManagersStatus = 'MANUFACTURING_APPROVED' | 'SHIPPED' | 'CLOSED'

/** What the MES has to know, for its operators: what to make, and what has left the house. CLOSED is the customer's affair. */
const toldToMes: readonly ManagersStatus[] = ['MANUFACTURING_APPROVED', 'SHIPPED']

interface Stores {
  pool: Pool
  outbox: Outbox
}

/** `POST /api/orders/:id/approve`, `…/ship` and `…/close`: a step of the order, and the message of it to the MES. */
export function advanceOrder({ pool, outbox }: Stores, status: ManagersStatus): RequestHandler {
  return forOrder(async (id, response) => {
    await inTransaction(pool, (client) => advance(client, { id, status, outbox })).catch((error: unknown) => {
      throw error instanceof Refusal ? error : new ApiError('order_not_changed', { cause: error })
    })
    outbox.wake()
    response.json(await readOrder(pool, id))
  })
}

async function advance(
  client: PoolClient,
  { id, status, outbox }: { id: string; status: ManagersStatus; outbox: Outbox },
): Promise<void> {
  const order = await lockOrder(client, id)
  if (!order) throw unknownOrder()
  linkToStep(order.lastStep, order.status)
  checkNextStatus(order.status, status)
  const step = readStep()
  await writeStatus(client, { id, status, step })
  const { productId, quantity, model } = order
  const body: OrderForMes = { orderId: id, status, step, productId, quantity, model }
  if (toldToMes.includes(status)) await outbox.add(client, { queue: queues.toMes, body })
}
