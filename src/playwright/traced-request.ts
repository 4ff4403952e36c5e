import type { TraceSource } from '../traces/trace-source'
import type { PageRequest, PageRequests } from './page-requests'
import { matchesUrl } from './request-matches'

/** The requests with a method and a URL, also those that come later. */
export interface TracedRequest extends TraceSource {
  /** As `POST /orders`. */
  readonly what: string
  /** Those that were sent so far. */
  all(): PageRequest[]
  /** Every request of the pages, whatever its URL; for a message that says what there was instead. */
  others(): readonly PageRequest[]
}

export function tracedRequest(
  source: TraceSource,
  requests: PageRequests,
  { method, url }: { method: string; url: string | RegExp },
): TracedRequest {
  return {
    ...source,
    what: `${method.toUpperCase()} ${url}`,
    all: () =>
      requests.all.filter(
        (request) => request.method.toUpperCase() === method.toUpperCase() && matchesUrl(request.url, url),
      ),
    others: () => requests.all,
    onChange: (listener) => {
      const ends = [source.onChange(listener), requests.onChange(listener)]
      return () => {
        for (const end of ends) end()
      }
    },
  }
}
