import { Refusal } from '../parts/http/refusal'

/** Every refusal of the Shop API: what a program looks at, and what a person reads. */
export const refusals = {
  session_required: [401, 'There is no session: open one with POST /api/session first.'],
  foreign_origin: [403, 'This request was made by a page of another origin, which may not do that.'],
  login_invalid: [422, 'The login must have 3 to 64 characters, and no spaces.'],
  login_taken: [409, 'This login is taken: choose another.'],
  password_weak: [422, 'The password must have 8 to 200 characters, and must not be the login.'],
  account_exists: [409, 'You have an account already: log out first to make another.'],
  login_failed: [401, 'Login or password are wrong.'],
  too_many_attempts: [429, 'The password of this login was wrong too often: try again in a minute.'],
  not_multipart: [415, 'Send the order as multipart/form-data with the fields productId, quantity and the file model.'],
  malformed_form: [400, 'The form is cut off or malformed: send it again.'],
  model_missing: [400, 'There is no 3D model: attach one file in the field "model".'],
  model_empty: [400, 'The 3D model is an empty file: attach the real one.'],
  model_repeated: [400, 'There is more than one 3D model: attach a single file.'],
  model_type: [415, 'This type of 3D model is not accepted: send .stl, .obj, .3mf, .step, .stp or .glb.'],
  model_too_large: [413, 'The 3D model is too large: send a file of at most 50 MiB.'],
  quantity_invalid: [422, 'The quantity must be a whole number from 1 to 100.'],
  product_unknown: [422, 'There is no such product: choose one of GET /api/products.'],
  order_unknown: [404, 'You have no order with this number: check it against GET /api/orders.'],
  client_gone: [400, 'The client went away before its request was complete.'],
  model_not_stored: [500, 'The 3D model could not be stored, so there is no order: send it again in a minute.'],
  order_not_saved: [500, 'The order could not be saved, so there is no order: send it again in a minute.'],
  model_lost: [500, 'The 3D model of this order is not in the storage: contact support with the order number.'],
} as const satisfies Record<string, readonly [number, string]>

export type RefusalCode = keyof typeof refusals

/** A request refused by the Shop API. */
export class ApiError extends Refusal {
  override name = 'ApiError'

  constructor(code: RefusalCode, options?: ErrorOptions) {
    super(code, refusals[code], options)
  }
}
