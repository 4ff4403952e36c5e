import type { RequestHandler } from 'express'
import { isId } from '../parts/orders/order-ids'
import { queues } from '../parts/orders/order-messages'
import { isOrderStatus, type OrderStatus } from '../parts/orders/order-status'
import type { ParkedMessage, Queue } from '../parts/queue/queue'
import { ApiError } from './api-error'

/** A message between the MES and the shop's side that did not get through, for a person to look at. */
export interface ParkedEntry {
  id: string
  queue: string
  /** What it tells of, as far as it can be read: it was parked for a reason. */
  orderId: string | null
  status: OrderStatus | null
  reason: string
  parkedAt: string
  /** The trace of the step that it belongs to. */
  traceId: string | null
}

/** `GET /api/parked`: what did not get through, both ways, what happened last on top. */
export function showParked(queue: Queue): RequestHandler {
  return async (_request, response) => {
    const lists = await Promise.all(
      Object.values(queues).map(async (name) =>
        (await queue.listParked(name)).map((message) => describe(name, message)),
      ),
    )
    const messages = lists.flat().sort((one, other) => other.parkedAt.localeCompare(one.parkedAt))
    response.json({ messages })
  }
}

/** `POST /api/parked/:queue/:id/retry`: another attempt, in the trace that the message belongs to. */
export function retryParked(queue: Queue): RequestHandler {
  return async ({ params: { queue: name, id } }, response) => {
    const isQueue = Object.values(queues).some((known) => known === name)
    const isThere = isQueue && isId(id) && (await queue.retryParked(String(name), id))
    if (!isThere) throw new ApiError('message_unknown')
    response.json({ id })
  }
}

function describe(queue: string, { id, body, headers, reason, parkedAt }: ParkedMessage): ParkedEntry {
  const { orderId, status } = (body ?? {}) as { orderId?: unknown; status?: unknown }
  return {
    id,
    queue,
    orderId: isId(orderId) ? orderId : null,
    status: isOrderStatus(status) ? status : null,
    reason,
    parkedAt,
    traceId: headers.traceparent?.split('-')[1] ?? null,
  }
}
