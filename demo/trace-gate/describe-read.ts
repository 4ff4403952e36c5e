/** What was read, as far as the address says it. */
export interface Read {
  what: 'trace' | 'search'
  trace?: string
  /** Traces that the search names. */
  traces?: string[]
  /** How many it names besides. */
  more?: number
  /** The rest of the search as it was asked. */
  query?: string
}

/** `/trace/<id>` is Jaeger's page of one trace; both versions of its API have the others. What is an id, the store decides. */
const oneTrace = /^\/(?:trace|api\/traces|api\/v3\/traces)\/([^/]+)/i
const search = /^\/api\/(?:v3\/)?(?:traces|trace-summaries)\/?$/
/** As Jaeger's first API calls it; written otherwise it is in the query as it was asked. */
const traceParameter = 'traceID'
/** Of what should be an id. */
const mostOfId = 80
const mostTraces = 200
const mostCharacters = 2000

/** Says which traces an address shows; nothing for pages, scripts and lists of services. */
export function describeRead(address: string): Read | undefined {
  const [path = '/', query = ''] = address.split(/\?(.*)/s)
  const trace = oneTrace.exec(path)?.[1]?.toLowerCase().slice(0, mostOfId)
  if (trace) return { what: 'trace', trace }
  return search.test(path) ? { what: 'search', ...describeSearch(query) } : undefined
}

/** The ids apart from the rest, which somebody may have made so long that they would not be seen. */
function describeSearch(query: string): Omit<Read, 'what'> {
  const parameters = query.split('&').map((pair) => [pair, ...new URLSearchParams(pair).keys()] as const)
  const [named, others] = [true, false].map((isNamed) =>
    parameters.filter(([, key]) => (key === traceParameter) === isNamed).map(([pair]) => pair),
  )
  const ids = new URLSearchParams(named?.join('&')).getAll(traceParameter)
  const traces = [...new Set(ids.map((id) => id.slice(0, 32).toLowerCase()))]
  return {
    ...(traces.length > 0 && { traces: traces.slice(0, mostTraces) }),
    ...(traces.length > mostTraces && { more: traces.length - mostTraces }),
    query: decode(others?.join('&') ?? '').slice(0, mostCharacters),
  }
}

function decode(query: string): string {
  try {
    return decodeURIComponent(query)
  } catch {
    return query
  }
}
