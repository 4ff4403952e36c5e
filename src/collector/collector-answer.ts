import type { Delivery } from '../traces/delivery'

/**
 * What a collector in trouble does with a request: says something else, says nothing for ever (`hang`), or cuts the connection (`reset`). What is
 * not named is as it would be: status 200, the headers of CORS and the type of the body.
 */
export type CollectorAnswer = AnswerFields | 'hang' | 'reset'

export interface AnswerFields {
  status?: number
  /** Names in any letter case. */
  headers?: Readonly<Record<string, string>>
  body?: string
  /** Whether the spans have come. Default: with a status of success; yet a page in place of an answer has that too. */
  taken?: boolean
}

/** The same to every request, or as each one asks for; undefined: it is taken. */
export type CollectorAnswering =
  | CollectorAnswer
  | ((delivery: Delivery) => CollectorAnswer | undefined | Promise<CollectorAnswer | undefined>)

/** What a request has come to when the test wants this answer. */
export function answered(delivery: Delivery, answer: CollectorAnswer): Delivery {
  if (typeof answer === 'string') return { ...delivery, status: 0, refused: true }
  const { status = delivery.status, taken = status >= 200 && status < 300 } = answer
  return { ...delivery, status, refused: !taken }
}
