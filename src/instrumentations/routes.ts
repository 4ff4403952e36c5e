import type { Tracer } from '@opentelemetry/api'
import { ROUTE_SPAN_PREFIX, URL_TEMPLATE } from '../attributes'
import type { Guard } from '../page/guard'
import type { PageListeners } from '../page/page-listeners'
import { patch } from '../page/patch'
import { routeTemplate } from '../privacy/route-template'
import { ROOT_CONTEXT } from '../spans/root-context'

export interface RouteParts {
  tracer: Tracer
  guard: Guard
  listeners: PageListeners
}

/** Of the Navigation API (https://html.spec.whatwg.org/multipage/nav-history-apis.html), what is used here. */
interface Navigation extends EventTarget {
  transition: { finished: Promise<unknown> } | null
}

/** Traces changes of route in a single-page application: a span with the route's template, from the change until the page has answered it. */
export function traceRoutes({ tracer, guard, listeners }: RouteParts, routes: readonly string[]) {
  const templateOf = routeTemplate(routes)
  let current = location.href
  const onChange = (finished?: Promise<unknown>) => {
    if (location.href === current) return
    const before = templateOf(new URL(current))
    current = location.href
    const url = new URL(current)
    // A change of query or fragment alone is no change of route.
    if (templateOf(url) !== before) startSpan(url, finished)
  }
  const startSpan = (url: URL, finished: Promise<unknown> | undefined) => {
    const template = templateOf(url)
    const attributes = { [URL_TEMPLATE]: template }
    const span = tracer.startSpan(ROUTE_SPAN_PREFIX + template, { attributes }, ROOT_CONTEXT)
    const end = () => span.end()
    if (finished) finished.then(end, end)
    else end()
  }
  const { navigation } = window as { navigation?: Navigation }
  // The Navigation API tells of every change without a page's functions being touched.
  return navigation
    ? listeners.add('routes', navigation, 'currententrychange', () => onChange(navigation.transition?.finished))
    : watchHistory(listeners, () => void guard('routes', onChange))
}

/** Browsers without the Navigation API. */
function watchHistory(listeners: PageListeners, onChange: () => void): () => void {
  const undo = ['pushState', 'replaceState'].map((name) =>
    patch(History.prototype, name, (native, self, args) => {
      const result = Reflect.apply(native, self, args)
      onChange()
      return result
    }),
  )
  undo.push(listeners.add('routes', window, 'popstate', onChange))
  return () => {
    for (const restore of undo) restore()
  }
}
