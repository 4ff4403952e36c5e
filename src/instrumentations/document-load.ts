import { type Attributes, type Context, TraceFlags, type Tracer } from '@opentelemetry/api'
import {
  DOCUMENT_BYTES,
  DOCUMENT_FETCH_SPAN,
  DOCUMENT_INTERACTIVE_MS,
  DOCUMENT_LOAD_SPAN,
  DOCUMENT_RESOURCES,
  HTTP_STATUS,
  NAVIGATION_TYPE,
  RESOURCE_BYTES,
  RESOURCE_FETCH_SPAN,
  RESOURCE_INITIATOR,
  URL_FULL,
} from '../attributes'
import type { Clock } from '../page/clock'
import type { Guard } from '../page/guard'
import { scrubUrl } from '../privacy/scrub'
import { parseTraceparent } from '../propagation/traceparent'
import { ROOT_CONTEXT } from '../spans/root-context'
import { withSpan, withSpanContext } from '../spans/span-context'

/** A page with hundreds of images stays cheap: only what held it up has a span, the rest is a count and a sum. */
const MOST_RESOURCES = 5
/** A page loads once, however often tracing is started on it. */
const TRACED = Symbol.for('ordertrace.document-load')
/** Below that a resource holds nobody up, in ms. */
const SLOW_RESOURCE_MS = 300

export interface DocumentLoadParts {
  tracer: Tracer
  clock: Clock
  guard: Guard
}

/** Traces the loading of the page, once it is complete: `documentLoad`, in it `documentFetch` and the slowest resources. */
export function traceDocumentLoad({ tracer, clock, guard }: DocumentLoadParts): () => void {
  let timer: ReturnType<typeof setTimeout>
  // `loadEventEnd` is known only after the listeners of `load` have run.
  const later = () => {
    timer = setTimeout(() => guard('document-load', () => traceLoaded(tracer, clock)))
  }
  const onLoad = () => {
    // Nobody has waited for a prerendered page before it is shown, and it may never be.
    if ((document as { prerendering?: boolean }).prerendering)
      document.addEventListener('prerenderingchange', later, { once: true })
    else later()
  }
  if (document.readyState === 'complete') onLoad()
  else addEventListener('load', onLoad, { once: true })
  return () => {
    removeEventListener('load', onLoad)
    document.removeEventListener('prerenderingchange', later)
    clearTimeout(timer)
  }
}

function traceLoaded(tracer: Tracer, clock: Clock): void {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (!page || TRACED in window) return
  Object.defineProperty(window, TRACED, { value: true })
  // A prerendered page begins for its visitor when it is shown (https://developer.chrome.com/docs/web-platform/prerender-pages).
  const begin = (page as { activationStart?: number }).activationStart ?? 0
  // A server that samples the page decides, otherwise the session.
  const span = tracer.startSpan(DOCUMENT_LOAD_SPAN, { startTime: clock.at(begin) }, parentOfPage(page))
  if (!span.isRecording()) return
  const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  const loaded = resources.filter(({ responseEnd }) => responseEnd > 0 && responseEnd <= page.loadEventEnd)
  span.setAttributes(describePage(page, loaded))
  const inside = withSpan(ROOT_CONTEXT, span)
  const trace = (name: string, from: number, { responseEnd }: PerformanceResourceTiming, attributes: Attributes) =>
    tracer.startSpan(name, { startTime: clock.at(from), attributes }, inside).end(clock.at(responseEnd))
  if (page.responseEnd > begin)
    trace(DOCUMENT_FETCH_SPAN, page.fetchStart, page, page.responseStatus ? { [HTTP_STATUS]: page.responseStatus } : {})
  for (const resource of slowest(loaded))
    trace(RESOURCE_FETCH_SPAN, resource.startTime, resource, describeResource(resource))
  span.end(clock.at(Math.max(page.loadEventEnd, begin)))
}

/** The server that made the page may have begun the trace. */
function parentOfPage({ serverTiming }: PerformanceNavigationTiming): Context {
  const content =
    document.querySelector('meta[name=traceparent]')?.getAttribute('content') ??
    serverTiming?.find(({ name }) => name === 'traceparent')?.description
  const parent = content ? parseTraceparent(content) : undefined
  // What the server did not sample it did not keep: nothing to continue there.
  return parent && parent.traceFlags & TraceFlags.SAMPLED ? withSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT
}

const slowest = (resources: PerformanceResourceTiming[]) =>
  resources
    // Requests of scripts have spans of their own.
    .filter(
      ({ initiatorType, duration }) =>
        duration >= SLOW_RESOURCE_MS && !/^(fetch|xmlhttprequest|beacon)$/.test(initiatorType),
    )
    .sort((a, b) => b.duration - a.duration)
    .slice(0, MOST_RESOURCES)

function describePage(page: PerformanceNavigationTiming, resources: PerformanceResourceTiming[]) {
  return {
    [URL_FULL]: scrubUrl(new URL(page.name, location.href)),
    [NAVIGATION_TYPE]: page.type,
    [DOCUMENT_INTERACTIVE_MS]: Math.round(page.domInteractive),
    [DOCUMENT_RESOURCES]: resources.length,
    [DOCUMENT_BYTES]: resources.reduce((sum, { transferSize }) => sum + transferSize, page.transferSize),
  }
}

function describeResource(resource: PerformanceResourceTiming) {
  return {
    [URL_FULL]: scrubUrl(new URL(resource.name, location.href)),
    [RESOURCE_INITIATOR]: resource.initiatorType,
    [RESOURCE_BYTES]: resource.transferSize,
  }
}
