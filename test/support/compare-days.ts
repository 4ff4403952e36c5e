import { VISITS, type Visit } from './compare'
import { ordinaryDay, PART_FAILED } from './ordinary-day'
import { COLLECTOR, type Received, type Site } from './site'
import { expect } from './test'

/** What a page tells of a time that it lived through. */
export interface Told {
  seen: unknown
  /** Of a page that is traced. */
  tracing?: { failures: unknown; made: number; traceId: string | undefined }
}

export interface DayOptions {
  /** Headers of the page, by which it is confined. */
  headers?: Record<string, string>
  /** That its scripts may run. */
  nonce?: string
  /** That our script may be of another origin: else browsers keep from the page what is thrown there, and requests fail in calls of ours. */
  crossorigin?: boolean
  /** Scripts of the page: before tracing starts, and when it has. */
  before?: string
  after?: string
  /** Lives as the page does, by `live` and `day`, and says by `tell` what it saw. */
  life?: string
  /** What may be counted in `diagnostics()`: what the page's surroundings refuse. */
  failures?(how: Visit): unknown
  /** Which requests to the page's own API can have headers: all, or as many as the surroundings let us see. */
  withHeaders?: 'all' | 'some' | 'none'
}

/** Live through a day, and say what there was to be seen. */
const LIVE_A_DAY = 'live(day).then(tell)'
const TOLD = '/told'
const PROPAGATION = /^(traceparent|tracestate|baggage)$/i
/** What the page does not ask for itself. */
const ASIDE = ['/favicon.ico', '/ordertrace.min.js', TOLD, COLLECTOR]

/**
 * Lives through the life of the page `/day` in each way, the page by itself, and compares what it tells and what the servers saw of it.
 * @param show opens the page in a browser that knows nothing of the earlier visit, and leaves it when it has told
 * @returns what was told without tracing
 */
export async function compareDays(
  site: Site,
  show: (how: Visit, told: (times?: number) => Promise<Told[]>) => Promise<void>,
  options: DayOptions = {},
): Promise<unknown[]> {
  const lived: unknown[] = []
  let first: unknown[] = []
  allowTheDay(site)
  for (const how of VISITS) {
    site.on('/day', (_request, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...options.headers })
        .end(pageOf(site, how, options))
    })
    const came = beginCounting(site)
    await show(how, came.told)
    const all = await came.told()
    proveTraced(how, all, came.requests(), options)
    const seen = all.map(({ seen }) => seen)
    expect(JSON.stringify(seen), how).not.toContain(PART_FAILED)
    lived.push({ seen, requests: came.requests().map(withoutOurs), preflights: came.preflights().map(withoutOurs) })
    expect(lived.at(-1), how).toEqual(lived[0])
    if (how === 'without') first = seen
  }
  return first
}

function allowTheDay(site: Site): void {
  site.corsHeaders += ', x-own'
  site.on(TOLD, (_request, response) => void response.end())
  // An answer that begins and does not end, of a type that the browser need not guess.
  site.on('/api/begun', (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{')
  })
}

function pageOf(site: Site, how: Visit, options: DayOptions): string {
  const { nonce, crossorigin, before = '', after = '', life = LIVE_A_DAY } = options
  const tag = nonce ? `<script nonce=${nonce}` : '<script'
  const start = `${tag} src="/ordertrace.min.js" data-service="crm" data-apis="/api/"${crossorigin ? ' crossorigin' : ''}></script>`
  const open = how === 'in an order' ? 'openOrder = ordertrace.startOrder("safety"); live = openOrder.run' : ''
  return `<!doctype html><meta charset=utf-8><title>day</title><body>
    ${tag}>${before}</script>
    ${how === 'without' ? '' : start}
    ${tag}>
      var openOrder, live = (code) => code()
      const day = ${ordinaryDay(site.other)}
      const openTheOrder = () => { ${open} }
      openTheOrder()
      const tell = (seen) => {
        const { failures, spans } = window.ordertrace?.diagnostics() ?? {}
        const tracing = spans && { failures, made: spans.made, traceId: openOrder?.traceId }
        return fetch('${TOLD}', { method: 'POST', body: JSON.stringify({ seen, tracing }) })
      }
      ${after}
      ${life}
    </script>`
}

function beginCounting(site: Site) {
  const [requests, preflights] = [site.requests.all.length, site.preflights.all.length]
  const isTold = ({ path }: Received) => path === TOLD
  const isOfPage = ({ path }: Received) => !ASIDE.includes(path)
  return {
    async told(times = 1): Promise<Told[]> {
      const isEnough = (all: Received[]) => all.slice(requests).filter(isTold).length >= times
      const all = await site.requests.waitUntil(isEnough, 'the page to tell')
      return all.slice(requests).flatMap((request) => (isTold(request) ? [JSON.parse(request.body)] : []))
    },
    requests: () => site.requests.all.slice(requests).filter(isOfPage),
    preflights: () => site.preflights.all.slice(preflights).filter(isOfPage),
  }
}

/** As it came, but for the headers that we add. */
function withoutOurs({ origin, method, path, rawHeaders, body }: Received) {
  const headers: string[] = []
  for (let i = 0; i < rawHeaders.length; i += 2)
    if (!PROPAGATION.test(String(rawHeaders[i]))) headers.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`)
  // The browser's order is of a hash map, which one more header mixes anew.
  return { url: origin + path, method, headers: headers.sort(), body }
}

/** That tracing was there, so that the comparison compares something. */
function proveTraced(how: Visit, told: Told[], requests: Received[], options: DayOptions): void {
  const { failures = () => ({}), withHeaders = 'all' } = options
  const own = requests.filter(({ origin, path }) => path.startsWith('/api/') && origin === requests[0]?.origin)
  const traced = own.filter(({ headers }) => headers.traceparent)
  if (how === 'without') {
    expect(traced).toEqual([])
    return
  }
  for (const { tracing } of told) {
    expect(tracing?.failures, how).toEqual(failures(how))
    expect(tracing?.made, how).toBeGreaterThan(0)
  }
  const traces = told.map(({ tracing }) => tracing?.traceId ?? '')
  const mine = traced.filter(({ headers }) => traces.some((traceId) => String(headers.traceparent).includes(traceId)))
  const least = { all: own.length, some: 1, none: 0 }[withHeaders]
  expect(mine.length, how).toBeGreaterThanOrEqual(least)
  if (withHeaders === 'none') expect(traced).toEqual([])
}
