import type { Delivery } from '../traces/delivery'
import type { CollectorAnswer } from './collector-answer'

/** What a collector says, as the browser is told it. */
export interface HttpAnswer {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  body: string
}

/** What becomes of a request: an answer, none, or none since the connection is cut. */
export type Reply = HttpAnswer | 'hang' | 'reset'

type Headers = Readonly<Record<string, string>>
type Answered = Pick<Delivery, 'headers' | 'status' | 'problems'>

/** As a collector answers whose CORS takes everybody, so that a test needs none; with what the test wants otherwise. */
export function replyTo({ headers, status, problems }: Answered, told?: CollectorAnswer): Reply {
  if (typeof told === 'string') return told
  const isJson = !/protobuf/.test(headers['content-type'] ?? '')
  const error = problems.length ? JSON.stringify({ code: 3, message: problems.join('; ') }) : '{}'
  return {
    status,
    headers: {
      ...corsFor(headers),
      'content-type': isJson ? 'application/json' : 'application/x-protobuf',
      ...lowerCase(told?.headers),
    },
    // An empty message is the protobuf of "all is well".
    body: told?.body ?? (isJson && (status === 200 || told?.status === undefined) ? error : ''),
  }
}

export function answerToPreflight(headers: Headers): HttpAnswer {
  const asked = headers['access-control-request-headers']
  return {
    status: 204,
    headers: {
      ...corsFor(headers),
      'access-control-allow-methods': 'POST',
      ...(asked && { 'access-control-allow-headers': asked }),
    },
    body: '',
  }
}

function corsFor({ origin }: Headers): Record<string, string> {
  return origin ? { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' } : {}
}

const lowerCase = (headers: Headers = {}) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
