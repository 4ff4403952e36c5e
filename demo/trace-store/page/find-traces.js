import { readTraces } from './trace-model.js'

/** Support asks for orders that were made months ago. */
const PAST_MS = 100 * 86_400_000
const DAY_MS = 86_400_000
/** Traces at most: an order has about ten. */
const DEPTH = 50

/**
 * The traces in which a span has all these attributes; without any, the recent ones. The newest first.
 *
 * The embedded store and Jaeger's memory take such a search as it is. A Jaeger on a disk wants the name of a service with it, and one before
 * 2.14 heeds no attributes in version 3 of its query API: that one is searched by version 1, service by service.
 */
export async function findTraces(wanted, { signal }) {
  const attributes = Object.keys(wanted).length > 0 ? JSON.stringify(wanted) : undefined
  const straight = await search({ attributes, signal })
  if (straight?.every((trace) => has(trace, wanted))) return straight
  const { services = [] } = (await ask('/api/v3/services', { signal })) ?? {}
  const found = await Promise.all(services.map((service) => searchService(service, { attributes, wanted, signal })))
  const byId = new Map(found.flat().map((trace) => [trace.id, trace]))
  return [...byId.values()].sort((a, b) => b.start - a.start).slice(0, DEPTH)
}

async function searchService(service, { attributes, wanted, signal }) {
  const found = await search({ service, attributes, signal })
  if (found?.every((trace) => has(trace, wanted))) return found
  const [start, end] = bounds().map((time) => String(time * 1000))
  const params = new URLSearchParams({
    service,
    start,
    end,
    limit: String(DEPTH),
    ...(attributes && { tags: attributes }),
  })
  const { data = [] } = (await ask(`/api/traces?${params}`, { signal })) ?? {}
  const answers = await Promise.all(data.map(({ traceID }) => ask(`/api/v3/traces/${traceID}`, { signal })))
  return answers.filter(Boolean).flatMap(readTraces)
}

/** Undefined when the store does not take the search. */
async function search({ service, attributes, signal }) {
  const [min, max] = bounds().map((time) => new Date(time).toISOString())
  // Under the names of now and of before 2.14.
  const params = new URLSearchParams({
    'query.startTimeMin': min,
    'query.start_time_min': min,
    'query.startTimeMax': max,
    'query.start_time_max': max,
    'query.searchDepth': String(DEPTH),
    'query.num_traces': String(DEPTH),
  })
  if (service) for (const name of ['query.serviceName', 'query.service_name']) params.set(name, service)
  if (attributes) params.set('query.attributes', attributes)
  const answer = await ask(`/api/v3/traces?${params}`, { signal, refused: { refused: true } })
  return answer?.refused ? undefined : readTraces(answer ?? {})
}

/** The answer; undefined when there is nothing of the kind, and `refused` when the question is not taken. */
async function ask(path, { signal, refused }) {
  const response = await fetch(path, { signal })
  if (response.ok) return response.json()
  if (response.status === 404) return undefined
  // A Jaeger that misses the service's name says so with 500.
  if (refused && (response.status === 400 || response.status === 500)) return refused
  throw new Error(`HTTP ${response.status}`)
}

function bounds() {
  return [Date.now() - PAST_MS, Date.now() + DAY_MS]
}

function has(trace, wanted) {
  return trace.spans.some((span) => {
    const known = new Map(span.attributes)
    return Object.entries(wanted).every(([name, value]) => known.get(name) === value)
  })
}
