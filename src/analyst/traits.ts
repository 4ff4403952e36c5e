import {
  ERROR_TYPE,
  ORDER_ID,
  ORDER_OUTCOME,
  ORDER_REASON,
  ORDER_STEP,
  ROUTE_SPAN_PREFIX,
  SESSION_ID,
  USER_ID,
} from '../attributes'
import type { AttributeValue, JaegerSpan } from '../jaeger/jaeger-trace'
import { isOfBrowser } from './hop'
import { type SpanNode, subtree } from './span-tree'

/** Attributes under which SDKs say what browser, network and page it was; the first that is there counts. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  browser: ['browser.name', 'user_agent.name', 'user_agent.original', 'http.user_agent'],
  network: ['network.connection.subtype', 'network.connection.type', 'network.effective_type'],
  page: ['url.template', 'page.route', 'browser.page'],
  device: ['device.type', 'device.model.name', 'browser.mobile'],
  version: ['service.version'],
  environment: ['deployment.environment.name', 'deployment.environment'],
}
const SIZES = ['file.size', 'http.request.body.size', 'http.request_content_length']
/** Said of every order, or different for each. */
const NO_TRAITS = new Set([ORDER_ID, USER_ID, SESSION_ID, ORDER_STEP, ORDER_OUTCOME, ORDER_REASON, ERROR_TYPE])
const MOST_OWN = 8

/** What slow orders may have in common, as names and values of which there are few. */
export function describeTraits(root: SpanNode): Record<string, string> {
  const spans = subtree(root).map(({ span }) => span)
  const traits: Record<string, string> = {}
  const apis = spans.filter(({ kind }) => kind === 'server').map(({ service, name }) => `${service} ${name}`)
  if (apis[0]) traits.api = apis[0]
  for (const [trait, names] of Object.entries(KNOWN)) {
    const value = firstOf(spans, names)
    if (value !== undefined) traits[trait] = trait === 'browser' ? browserName(String(value)) : String(value)
  }
  const page = traits.page ?? pageOf(spans)
  if (page) traits.page = page
  const size = Number(firstOf(spans, SIZES))
  if (size > 0) traits.fileSize = sizeClass(size)
  return { ...ownTraits(root.span), ...traits }
}

/** The template of the last route that a single-page application had while the order ran; pages alone say nothing within its trace. */
function pageOf(spans: readonly JaegerSpan[]): string {
  const routes = spans.filter((span) => isOfBrowser(span) && span.name.startsWith(ROUTE_SPAN_PREFIX))
  return routes.at(-1)?.name.slice(ROUTE_SPAN_PREFIX.length) ?? ''
}

/** What the page itself said of the order, such as `channel`. */
function ownTraits({ attributes, resource }: JaegerSpan): Record<string, string> {
  if (!isOfBrowser({ resource })) return {}
  const own = Object.entries(attributes).filter(
    ([name, value]) => !NO_TRAITS.has(name) && !name.startsWith('ordertrace.') && String(value).length <= 40,
  )
  return Object.fromEntries(own.slice(0, MOST_OWN).map(([name, value]) => [name, String(value)]))
}

function firstOf(spans: readonly JaegerSpan[], names: readonly string[]): AttributeValue | undefined {
  for (const name of names)
    for (const { attributes, resource } of spans) {
      const value = attributes[name] ?? resource[name]
      if (value !== undefined && value !== '') return value
    }
  return undefined
}

/** Steps of which each is ten times the one before, in bytes. */
function sizeClass(bytes: number): string {
  const classes = [
    [10_000, '< 10 kB'],
    [100_000, '10–100 kB'],
    [1_000_000, '0.1–1 MB'],
    [10_000_000, '1–10 MB'],
  ] as const
  return classes.find(([limit]) => bytes < limit)?.[1] ?? '> 10 MB'
}

/** Of a user agent's long text only the browser, for every version is another text. */
function browserName(text: string): string {
  const [, name] = /(Firefox|Edg|OPR|YaBrowser|SamsungBrowser|Chrome|Chromium)\//.exec(text) ?? []
  return name ?? (/Safari\//.test(text) ? 'Safari' : text.slice(0, 40))
}
