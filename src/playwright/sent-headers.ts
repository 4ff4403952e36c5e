import type { SentText } from '../traces/personal-data'
import type { PageRequest } from './page-requests'

/** What requests carry beside `traceparent`, which holds nothing of anybody. */
const HEADERS = ['baggage', 'tracestate'] as const

/** The headers of tracing that may say who somebody is, readable. */
export function sentHeaders(requests: readonly PageRequest[]): SentText[] {
  return requests.flatMap(({ method, url, headers }) =>
    HEADERS.flatMap((name) => {
      const text = headers[name]
      return text === undefined
        ? []
        : [{ where: `${name} of ${method} ${url.replace(/[?#].*$/s, '')}`, text: decode(text) }]
    }),
  )
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
