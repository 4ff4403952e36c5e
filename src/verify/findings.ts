import { SDK_NAME, SDK_VERSION } from '../attributes'
import { sentHeaders } from '../playwright/sent-headers'
import { breaksOf } from '../traces/breaks'
import { leaksIn, leaksInTexts } from '../traces/personal-data'
import { spansThatCame } from '../traces/spans-that-came'
import { problemsOfHeaders } from './header-problems'
import { bare } from './name-request'
import { type RequestFinding, requestFindings } from './request-findings'
import type { Sighting } from './sighting'

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
  const spans = spansThatCame(seen.deliveries)
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

const problemsOfPage = ({ status = 200 }: Sighting): string[] =>
  status < 400 ? [] : [`the page answered ${status}, so this may be another page than the one that is meant`]

function problemsOfDelivery({ deliveries, answers, diagnostics }: Sighting): string[] {
  const nothing = diagnostics?.problem ? `tracing is off: ${diagnostics.problem}` : 'no span reached the collector'
  return [
    ...(deliveries.some(({ spans }) => spans.length > 0) ? [] : [nothing]),
    ...deliveries.flatMap((delivery) => delivery.problems),
    ...answers.flatMap(({ url, status, failure }) => {
      if (status !== undefined && status < 400) return []
      return [
        `the collector ${bare(url)} ${status === undefined ? `did not answer: ${failure}` : `answered ${status}`}`,
      ]
    }),
  ]
}

function problemsOfSpans({ deliveries, requests }: Sighting): string[] {
  const spans = spansThatCame(deliveries)
  return [
    ...[...leaksIn(spans), ...leaksInTexts(sentHeaders(requests))].map(
      ({ span, where, what, value }) =>
        `${what} left in ${where}${span ? ` of ${span.name}` : ''}: ${value.slice(0, 200)}`,
    ),
    // A page's load may be in the trace of the server that answered it.
    ...breaksOf(spans, { remoteParent: true }),
  ]
}
