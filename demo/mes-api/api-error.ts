import { Refusal } from '../parts/http/refusal'
import { materials } from './price'

/** The refusals of the MES API that no other API has. */
const refusals = {
  status_unknown: [422, 'There is no such status: see the nine of an order.'],
  material_unknown: [422, `There is no such material: choose ${materials.join(', ')}.`],
  order_taken: [409, 'Another operator has taken this order: choose another one.'],
  order_not_taken: [409, 'Nobody has taken this order: take it first.'],
  order_of_another: [403, 'Another operator has this order: only he or a foreman can give it back.'],
  order_in_work: [409, 'The work on this order has begun: it cannot be given back any more.'],
  order_not_ready: [409, 'This order cannot be taken: only one that is approved for manufacturing can.'],
  message_unknown: [404, 'There is no such parked message: somebody may have tried it again already.'],
  order_not_changed: [500, 'The order could not be changed and is what it was: try again in a minute.'],
} as const satisfies Record<string, readonly [number, string]>

/** A request refused by the MES API. */
export class ApiError extends Refusal {
  override name = 'ApiError'

  constructor(code: keyof typeof refusals, options?: ErrorOptions) {
    super(code, refusals[code], options)
  }
}
