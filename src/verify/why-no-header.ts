import { URL_FULL } from '../attributes'
import type { PageRequest } from '../playwright/page-requests'
import { bare } from './name-request'
import type { Sighting } from './sighting'

/** What the browser lets carry a header at all. */
export const canCarry = ({ type }: PageRequest): boolean => type === 'fetch' || type === 'xhr'

export const carries = ({ headers }: PageRequest): boolean => headers.traceparent !== undefined

/** Why a request carried no `traceparent`, as far as it can be told from outside, in words. */
export function whyNoHeader(request: PageRequest, seen: Sighting): string {
  return whyOutOfReach(request, seen) ?? whyByTracing(request, seen) ?? whyNotListed(request, seen)
}

/** The tracing of a page knows the page's own requests to servers. */
function whyOutOfReach({ url, byServiceWorker, frameUrl, headers }: PageRequest, { workers }: Sighting) {
  if (byServiceWorker) return 'a service worker sent it, which the page’s tracing does not see'
  if (frameUrl !== undefined) return `a frame sent it, which has to be traced by itself: ${bare(frameUrl)}`
  // A worker's own script is what its requests are referred by.
  if (workers.includes(headers.referer ?? '')) return 'a worker sent it, which the page’s tracing does not see'
  return /^https?:/.test(url) ? undefined : `it goes to no server: ${url.replace(/:.*/s, ':')}`
}

function whyByTracing(request: PageRequest, seen: Sighting): string | undefined {
  const { origin, pathname } = new URL(request.url)
  const known = seen.diagnostics?.requests.withoutHeader.find(
    ({ method, url }) => method === request.method && url === origin + pathname,
  )
  if (known && known.reason !== 'not-listed') return ADVICE[known.reason]
  if (request.headers['sec-fetch-mode'] === 'no-cors') return ADVICE['no-cors']
  if (known || wasSeen(request, seen)) return undefined
  if (seen.diagnostics?.problem) return `tracing is off: ${seen.diagnostics.problem}`
  if (seen.deliveries.every(({ spans }) => spans.length === 0)) return 'the page is not traced'
  return tracingBeganAfter(request, seen)
    ? 'it was sent before tracing had started'
    : 'tracing made no span of it: it was sent before tracing had started, or requests of its kind are not traced'
}

function whyNotListed({ url }: PageRequest, seen: Sighting): string {
  const { origin } = new URL(url)
  const isOwn = origin === new URL(seen.url).origin
  return isOwn ? 'its path is not listed: the page’s own origin, by path' : `its origin is not listed: ${origin}`
}

/** Whether the page's tracing knows of the request: it made a span of it. */
function wasSeen(request: PageRequest, seen: Sighting): boolean {
  const { origin, pathname } = new URL(request.url)
  return clientSpans(seen).some(({ attributes }) =>
    [attributes[URL_FULL], attributes['http.url']].some((url) => String(url).startsWith(origin + pathname)),
  )
}

function tracingBeganAfter(request: PageRequest, seen: Sighting): boolean {
  const traced = clientSpans(seen).map(({ startTime }) => Number(startTime / 1_000_000n))
  return traced.length > 0 && Math.min(...traced) >= request.startedAt
}

const clientSpans = ({ deliveries }: Sighting) =>
  deliveries.flatMap(({ spans }) => spans).filter(({ kind }) => kind === 'client')

const ADVICE = {
  'no-consent': 'the user has not agreed',
  'set-by-page': 'the page set a traceparent itself',
  'no-cors': 'mode "no-cors" forbids the header',
  'not-listed': 'it is not listed',
} as const
