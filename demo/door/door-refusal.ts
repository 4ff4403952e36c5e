/** A request that the door does not take: counted by its code, and said to the sender as OTLP says it. */
export class DoorRefusal extends Error {
  override name = 'DoorRefusal'

  constructor(
    readonly code: RefusalCode,
    message: string,
    /** When it may try again, for what is not the request's fault. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message)
  }

  get status(): number {
    return statuses[this.code]
  }
}

/**
 * Why, and the status. The SDK comes again, later, after 408, 429 and 5xx; it gives up the batch after 400 and halves it after 413; after
 * any other it sends no more from that page. After 500 it comes a few times and no more, for it may be the batch that the store cannot bear; so
 * 502 is for a store that is set up wrongly, and works once that is mended.
 */
const statuses = {
  malformed: 400,
  batch_refused: 400,
  foreign_origin: 403,
  foreign_service: 403,
  no_such_path: 404,
  method: 405,
  slow_body: 408,
  too_large: 413,
  wrong_type: 415,
  too_many: 429,
  store_failed: 500,
  store_refused: 502,
  busy: 503,
  store_away: 503,
} as const

export type RefusalCode = keyof typeof statuses
