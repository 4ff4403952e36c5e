import { traceDocumentLoad } from '../instrumentations/document-load'
import { traceFetch } from '../instrumentations/fetch'
import { type BeginRequest, createRequestTracing } from '../instrumentations/request-span'
import { traceRoutes } from '../instrumentations/routes'
import { traceXhr } from '../instrumentations/xhr'
import { traceMarkup } from '../order/declarative'
import { watchPolicy } from '../page/policy'
import type { Parts } from './compose'
import type { NoHeaderLog } from './no-header-log'

/** Patches and listens. Each part that a strange page refuses is missing alone; the others work. */
export function watchPage(parts: Parts, noHeaderLog: NoHeaderLog, onHeader: () => void): () => void {
  const { options, guard, continuity, delivery } = parts
  const { collectorUrl, routes = [], declarative = true } = options
  // Every read of a URL's part makes a text anew.
  const collector = { origin: collectorUrl.origin, pathname: collectorUrl.pathname }
  const beginRequest = createRequestTracing({
    ...parts,
    targets: options.targets,
    userId: parts.user.current,
    isCollector: (url) => url.pathname === collector.pathname && url.origin === collector.origin,
    onHeader,
    onNoHeader: noHeaderLog.note,
  })
  let isWatching = true
  // What others wrapped over us goes on calling us after the end; and a span begun while the page goes away would never be sent.
  const begin: BeginRequest = (request) => (isWatching && !parts.isGone ? beginRequest(request) : undefined)
  const starts: [place: string, start: () => () => void][] = [
    ['policy', () => watchPolicy(parts.listeners, collectorUrl, delivery.end)],
    ['fetch', () => traceFetch(begin, guard)],
    ['xhr', () => traceXhr(begin, continuity, guard)],
    ['document-load', () => traceDocumentLoad(parts)],
    ['routes', () => (routes === false ? () => {} : traceRoutes(parts, routes))],
    ['declarative', () => (declarative ? traceMarkup(parts) : () => {})],
  ]
  const stops = starts.map(([place, start]) => guard(place, start))
  return () => {
    isWatching = false
    for (const stop of stops) if (stop) guard('stop', stop)
  }
}
