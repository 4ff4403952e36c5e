import type { Request, RequestHandler, Response } from 'express'
import { Refusal } from '../http/refusal'
import { withIds } from '../tracing/edge'
import { isId } from './order-ids'

type Handler = (orderId: string, response: Response, request: Request) => Promise<unknown>

/** Handles a request for the order in its address, whose id is known from here on. */
export function forOrder(handler: Handler): RequestHandler {
  return async (request, response) => {
    const { id } = request.params
    if (!isId(id)) throw unknownOrder()
    await withIds({ order_id: id }, () => handler(id, response, request))
  }
}

/** The refusal for an order that is not there. */
export function unknownOrder(): Refusal {
  return new Refusal('order_unknown', [404, 'There is no order with this number: check it against the list of orders.'])
}
