import { ROOT_CONTEXT, type Tracer } from '@opentelemetry/api'
import { ROUTE_SPAN_PREFIX, URL_TEMPLATE } from '../attributes'
import type { Guard } from '../page/guard'
import { patch } from '../page/patch'
import { routeTemplate } from '../privacy/route-template'

export interface RouteParts {
  tracer: Tracer
  guard: Guard
}

/** Of the Navigation API (https://html.spec.whatwg.org/multipage/nav-history-apis.html), what is used here. */
interface Navigation extends EventTarget {
  transition: { finished: Promise<unknown> } | null
}

/** Traces changes of route in a single-page application: a span with the route's template, from the change until the page has answered it. */
export function traceRoutes({ tracer, guard }: RouteParts, routes: readonly string[], isSampled: () => boolean) {
  const templateOf = routeTemplate(routes)
  let current = location.href
  const onChange = (finished?: Promise<unknown>) => {
    if (location.href === current) return
    const before = templateOf(new URL(current))
    current = location.href
    const url = new URL(current)
    // A change of query or fragment alone is no change of route.
    if (isSampled() && templateOf(url) !== before) startSpan(url, finished)
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
  return navigation
    ? watchNavigation(navigation, (finished) => void guard('routes', () => onChange(finished)))
    : watchHistory(() => void guard('routes', () => onChange()))
}

/** Tells of every change without a page's functions being touched. */
function watchNavigation(navigation: Navigation, onChange: (finished?: Promise<unknown>) => void): () => void {
  const listener = () => onChange(navigation.transition?.finished)
  navigation.addEventListener('currententrychange', listener)
  return () => navigation.removeEventListener('currententrychange', listener)
}

/** Browsers without the Navigation API. */
function watchHistory(onChange: () => void): () => void {
  const undo = ['pushState', 'replaceState'].map((name) =>
    patch(History.prototype, name, (native, self, args) => {
      const result = Reflect.apply(native, self, args)
      onChange()
      return result
    }),
  )
  const listener = () => onChange()
  addEventListener('popstate', listener)
  return () => {
    removeEventListener('popstate', listener)
    for (const restore of undo) restore()
  }
}
