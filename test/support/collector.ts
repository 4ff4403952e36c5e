import { Happenings } from './happenings'
import { decodeSpans, type SentSpan } from './otlp'
import { COLLECTOR, type Handler, type Received, type Site } from './site'

/** The site's collector where it does not always take what it gets. */
export interface Collector {
  /** Every request, whatever became of it. */
  readonly asked: Happenings<Received & { at: number }>
  /** What it took. */
  readonly spans: Happenings<SentSpan>
  /** How it answers; `undefined`: it takes everything. */
  behave: Handler | undefined
}

export function createCollector(site: Site, behave?: Handler): Collector {
  const collector: Collector = { asked: new Happenings(), spans: new Happenings(), behave }
  site.on(COLLECTOR, (request, response, incoming) => {
    collector.asked.add({ ...request, at: performance.now() })
    if (collector.behave) return collector.behave(request, response, incoming)
    accept(collector, request)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  return collector
}

export function accept(collector: Collector, { body }: Received): void {
  collector.spans.add(...decodeSpans(JSON.parse(body)))
}

export const answering =
  (status: number, headers: Record<string, string> = {}): Handler =>
  (_request, response) =>
    void response.writeHead(status, headers).end()

/** Each span once, with a second look at what came. */
export function countById(spans: readonly SentSpan[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { name, spanId } of spans) counts[`${name} ${spanId}`] = (counts[`${name} ${spanId}`] ?? 0) + 1
  return counts
}

export const twice = (spans: readonly SentSpan[]) => Object.entries(countById(spans)).filter(([, count]) => count > 1)

/** A page that is traced by the script tag. */
export const traced = (attributes = '', rest = '') =>
  `<title>shop</title><script src="/ordertrace.min.js" data-service="shop" data-apis="/api/" ${attributes}></script>${rest}`
