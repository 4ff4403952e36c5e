/** A request refused for a reason that the client should read; every API has its own list of them. */
export class Refusal extends Error {
  override name = 'Refusal'
  /** The HTTP status. */
  readonly status: number

  constructor(
    /** What a program looks at; also the `error.type` of the span. */
    readonly code: string,
    /** The status, and what a person reads. */
    [status, message]: readonly [number, string],
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.status = status
  }
}

/** What every API says where it has nothing. */
export function createNotFound(): Refusal {
  return new Refusal('not_found', [404, 'There is nothing at this address.'])
}
