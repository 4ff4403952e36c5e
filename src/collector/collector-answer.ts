import type { Delivery } from '../traces/delivery'

/**
 * What a collector in trouble does with a request: says something else, says nothing for ever (`hang`), or cuts the connection (`reset`). What is
 * not named is as it would be: status 200, the headers of CORS and the type of the body; names in any letter case.
 */
export type CollectorAnswer =
  | { status?: number; headers?: Readonly<Record<string, string>>; body?: string }
  | 'hang'
  | 'reset'

/** The same to every request, or as each one asks for; undefined: it is taken. */
export type CollectorAnswering =
  | CollectorAnswer
  | ((delivery: Delivery) => CollectorAnswer | undefined | Promise<CollectorAnswer | undefined>)

/** What a request has come to when the test wants this answer. */
export function answered(delivery: Delivery, answer: CollectorAnswer): Delivery {
  const status = typeof answer === 'string' ? 0 : (answer.status ?? delivery.status)
  return { ...delivery, status, refused: status < 200 || status > 299 }
}
