import { SDK_NAME, SDK_VERSION } from '../attributes'
import { whyNotArrived } from '../playwright/arrival'
import { createUrlTest } from '../playwright/collector-pattern'
import type { PageRequest } from '../playwright/page-requests'
import { sentHeaders } from '../playwright/sent-headers'
import { parseTraceparent } from '../propagation/traceparent'
import { breaksOf } from '../traces/breaks'
import { leaksIn, leaksInTexts } from '../traces/personal-data'
import type { Sighting } from './sighting'
import { canCarry, carries, whyNoHeader } from './why-no-header'

/** Requests of the page that went alike. */
export interface RequestFinding {
  method: string
  /** Without query and fragment, which may hold what is nobody’s business. */
  url: string
  count: number
  carried: boolean
  /** Why not. */
  reason?: string
}

export interface Findings {
  url: string
  /** Who traces the page, as its spans say: `ordertrace 0.1.0`; empty if no span came. */
  sdks: string[]
  services: string[]
  spans: number
  traces: number
  requests: RequestFinding[]
  /** What is wrong; nothing, if all is well. */
  problems: string[]
}

/** Says what is to be said of a page. @param apis which requests have to carry a `traceparent`: URLs, `*` for any characters */
export function findingsOf(seen: Sighting, apis: readonly string[] = []): Findings {
  const spans = seen.deliveries.flatMap((delivery) => delivery.spans)
  const distinct = (values: string[]) => [...new Set(values)].filter(Boolean)
  return {
    url: seen.url,
    sdks: distinct(spans.map(({ resource }) => [resource[SDK_NAME], resource[SDK_VERSION]].filter(Boolean).join(' '))),
    services: distinct(spans.map(({ service }) => service)),
    spans: spans.length,
    traces: new Set(spans.map(({ traceId }) => traceId)).size,
    requests: requestFindings(seen),
    problems: distinct([
      ...problemsOfPage(seen),
      ...problemsOfDelivery(seen),
      ...problemsOfHeaders(seen, apis),
      ...problemsOfSpans(seen),
    ]),
  }
}

function requestFindings(seen: Sighting): RequestFinding[] {
  const findings = new Map<string, RequestFinding>()
  for (const request of seen.requests.filter(canCarry)) {
    const failure = whyNotArrived(request)
    const carried = carries(request) && failure === undefined
    const reason = carried
      ? undefined
      : failure
        ? `it did not reach the server: ${failure}`
        : whyNoHeader(request, seen)
    const key = [request.method, bare(request.url), reason].join(' ')
    const finding = findings.get(key)
    if (finding) finding.count++
    else
      findings.set(key, {
        method: request.method,
        url: bare(request.url),
        count: 1,
        carried,
        ...(reason && { reason }),
      })
  }
  return [...findings.values()]
}

const problemsOfPage = ({ status = 200 }: Sighting): string[] =>
  status < 400 ? [] : [`the page answered ${status}, so this may be another page than the one that is meant`]

function problemsOfDelivery({ deliveries, answers, diagnostics }: Sighting): string[] {
  const spans = deliveries.flatMap((delivery) => delivery.spans)
  const nothing = diagnostics?.problem ? `tracing is off: ${diagnostics.problem}` : 'no span reached the collector'
  return [
    ...(spans.length ? [] : [nothing]),
    ...deliveries.flatMap((delivery) => delivery.problems),
    ...answers.flatMap(({ url, status, failure }) => {
      if (status !== undefined && status < 400) return []
      return [
        `the collector ${bare(url)} ${status === undefined ? `did not answer: ${failure}` : `answered ${status}`}`,
      ]
    }),
  ]
}

function problemsOfHeaders({ requests, corsErrors }: Sighting, apis: readonly string[]): string[] {
  const mustCarry = createUrlTest(apis)
  const candidates = requests.filter(canCarry)
  const unmatched = apis.filter((api) => !candidates.some(({ url }) => createUrlTest(api)(url)))
  const lacking = candidates.filter((request) => mustCarry(request.url) && !carries(request))
  const wrong = candidates.filter(({ headers }) => headers.traceparent && !parseTraceparent(headers.traceparent))
  return [
    ...unmatched.map((api) => `no request matched --api ${api}: it proves nothing; does --script do what sends one?`),
    ...lacking.map((request) => `${named(request)} carried no traceparent`),
    ...wrong.map((request) => `${named(request)} carried a traceparent that is none: ${request.headers.traceparent}`),
    ...corsErrors
      .filter((text) => HEADER_REFUSED.test(text))
      .map(
        (text) => `the API's CORS does not allow the header, so the browser refused the page's own request: ${text}`,
      ),
    ...candidates.filter(carries).flatMap((request) => problemOfArrival(request, corsErrors)),
  ]
}

const HEADER_REFUSED = /header field (traceparent|tracestate|baggage) is not allowed/i

/** Without the header most requests would need no preflight, so what refuses one breaks the page only since it is traced. */
function problemOfArrival(request: PageRequest, corsErrors: readonly string[]): string[] {
  const failure = whyNotArrived(request)
  if (failure === undefined) return []
  const said = corsErrors.find((text) => text.includes(`'${request.url}'`))
  if (said === undefined) return [`${named(request)} carried traceparent and did not reach the server: ${failure}`]
  if (HEADER_REFUSED.test(said)) return []
  return [
    `${named(request)} carried traceparent, so the browser asked the API by OPTIONS first, and refused the page's own request: ${said}`,
  ]
}

function problemsOfSpans({ deliveries, requests }: Sighting): string[] {
  const spans = deliveries.flatMap((delivery) => delivery.spans)
  return [
    ...[...leaksIn(spans), ...leaksInTexts(sentHeaders(requests))].map(
      ({ span, where, what, value }) =>
        `${what} left in ${where}${span ? ` of ${span.name}` : ''}: ${value.slice(0, 200)}`,
    ),
    // A page's load may be in the trace of the server that answered it.
    ...breaksOf(spans, { remoteParent: true }),
  ]
}

const named = ({ method, url }: PageRequest) => `${method} ${bare(url)}`
const bare = (url: string) => url.replace(/[?#].*$/s, '')
