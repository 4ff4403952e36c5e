/** Why a trace request cannot be read, as the HTTP status that a collector answers with and a sentence for the sender. */
export class OtlpRefusal extends Error {
  override readonly name = 'OtlpRefusal'

  constructor(
    /** 400: not an OTLP trace request. 413: larger than the limits. 415: a content type or encoding that is not read. */
    readonly status: 400 | 413 | 415,
    message: string,
  ) {
    super(message)
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
