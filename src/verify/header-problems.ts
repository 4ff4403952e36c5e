import { whyNotArrived } from '../playwright/arrival'
import { createUrlTest } from '../playwright/collector-pattern'
import type { PageRequest } from '../playwright/page-requests'
import { parseTraceparent } from '../propagation/traceparent'
import { named } from './name-request'
import type { Sighting } from './sighting'
import { canCarry, carries } from './why-no-header'

/** What is wrong with the headers: lacking where they must be, none at all, or what the API's CORS made of them. */
export function problemsOfHeaders({ requests, corsErrors }: Sighting, apis: readonly string[]): string[] {
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
