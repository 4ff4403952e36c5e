import type { Request, RequestHandler } from 'express'
import type { Pool, PoolClient } from 'pg'
import { Refusal } from '../parts/http/refusal'
import { type Employee, requireEmployee } from '../parts/login/employee'
import { forOrder, unknownOrder } from '../parts/orders/for-order'
import { linkToStep } from '../parts/orders/step'
import { inTransaction } from '../parts/postgres/database'
import type { Outbox } from '../parts/queue/outbox'
import { ApiError } from './api-error'
import { findOrder, type LockedOrder, lockOrder } from './orders'

export interface Stores {
  pool: Pool
  outbox: Outbox
}

/** What an operator does to an order, inside a transaction that holds it. */
export type Move = (
  client: PoolClient,
  what: { order: LockedOrder; operator: Employee; outbox: Outbox; request: Request },
) => Promise<void>

/** `POST /api/orders/:id/…`: one step of the order, linked to the one before, all of it or nothing. */
export function moveOrder({ pool, outbox }: Stores, move: Move): RequestHandler {
  return forOrder(async (id, response, request) => {
    const operator = requireEmployee(response)
    const moved = inTransaction(pool, async (client) => {
      const order = await lockOrder(client, id)
      if (!order) throw unknownOrder()
      linkToStep(order.lastStep, order.status)
      await move(client, { order, operator, outbox, request })
    })
    await moved.catch((error: unknown) => {
      throw error instanceof Refusal ? error : new ApiError('order_not_changed', { cause: error })
    })
    outbox.wake()
    response.json(await findOrder(pool, id))
  })
}
