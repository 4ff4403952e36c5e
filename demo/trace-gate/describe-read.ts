/** What was read, as far as the address says it. */
export interface Read {
  what: 'trace' | 'search'
  trace?: string
  /** The search as it was asked. */
  query?: string
}

/** `/trace/<id>` is Jaeger's page of one trace; both versions of its API have the others. */
const oneTrace = /^\/(?:trace|api\/traces|api\/v3\/traces)\/([0-9a-f]{1,32})(?:\/|$)/i
const search = /^\/api\/(?:v3\/)?(?:traces|trace-summaries)\/?$/

/** Says which traces an address shows; nothing for pages, scripts and lists of services. */
export function describeRead(address: string): Read | undefined {
  const [path = '/', query = ''] = address.split(/\?(.*)/s)
  const trace = oneTrace.exec(path)?.[1]?.toLowerCase()
  if (trace) return { what: 'trace', trace }
  return search.test(path) ? { what: 'search', query: decode(query).slice(0, 500) } : undefined
}

function decode(query: string): string {
  try {
    return decodeURIComponent(query)
  } catch {
    return query
  }
}
