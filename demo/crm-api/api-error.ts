import { Refusal } from '../parts/http/refusal'

/** The refusals of the CRM API that no other API has. */
const refusals = {
  status_unknown: [422, 'There is no such status: see the nine of an order.'],
  search_invalid: [422, 'Search for an order number, or its beginning, or for the id of a customer.'],
  order_not_changed: [500, 'The order could not be changed and is what it was: try again in a minute.'],
  model_lost: [500, 'The 3D model of this order is not in the storage: contact support with the order number.'],
  model_unreadable: [500, 'The 3D model of this order cannot be read now: try again in a minute.'],
} as const satisfies Record<string, readonly [number, string]>

/** A request refused by the CRM API. */
export class ApiError extends Refusal {
  override name = 'ApiError'

  constructor(code: keyof typeof refusals, options?: ErrorOptions) {
    super(code, refusals[code], options)
  }
}
