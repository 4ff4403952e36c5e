/**
 * Why there is no answer:
 * - `address`: what was given is no address of a Jaeger
 * - `unreachable`: nothing answers there
 * - `timeout`: no answer in time
 * - `not-jaeger`: something answers, and it is no query API of Jaeger, of version 3 or 1
 * - `login`: it wants to know who asks (401)
 * - `permission`: whoever asks may not read traces (403)
 * - `refused`: the question is not taken (other 4xx)
 * - `broken`: Jaeger or its storage fails (5xx), or the answer cannot be read
 */
export type JaegerProblem =
  | 'address'
  | 'unreachable'
  | 'timeout'
  | 'not-jaeger'
  | 'login'
  | 'permission'
  | 'refused'
  | 'broken'

/** Jaeger did not answer what was asked; the message says what was wrong and what to do. */
export class JaegerError extends Error {
  override name = 'JaegerError'
  constructor(
    readonly problem: JaegerProblem,
    message: string,
    readonly status?: number,
  ) {
    super(message)
  }
}
