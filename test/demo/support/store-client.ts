import { createTraceStore, type TraceStore, type TraceStoreOptions } from '../../../demo/trace-store/create-trace-store'
import { type SpanRecord, serviceName } from '../../../demo/trace-store/otlp'
import { BASE_MS, exportRequest, type SpanSpec } from './otlp-spans'

/** A running store and the few requests that tests make of it. */
export interface StoreClient extends TraceStore {
  post(body: BodyInit, headers?: Record<string, string>): Promise<Response>
  keep(...specs: SpanSpec[]): Promise<unknown>
  /** Names of the spans found, sorted; an empty list when the store says "none". */
  search(query: Record<string, string>): Promise<string[]>
  get(path: string): Promise<Response>
  /** Names of the kept spans by service. */
  kept(): string[]
}

/** Starts a store on a free port. */
export async function startStore(options: TraceStoreOptions = {}): Promise<StoreClient> {
  const store = await createTraceStore(options)
  const post: StoreClient['post'] = (body, headers = {}) =>
    fetch(`${store.url}/v1/traces`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    })
  const get = (path: string) => fetch(`${store.url}${path}`)
  return {
    ...store,
    post,
    get,
    keep: async (...specs) => (await post(JSON.stringify(exportRequest(...specs)))).json(),
    search: async (query) => spanNames(await get(`/api/v3/traces?${new URLSearchParams({ ...WHOLE_DAY, ...query })}`)),
    kept: () => store.memory.traces().flat().map(describe),
  }
}

/** Bounds that hold every test span. */
export const WHOLE_DAY = {
  'query.startTimeMin': new Date(BASE_MS - 43_200_000).toISOString(),
  'query.startTimeMax': new Date(BASE_MS + 43_200_000).toISOString(),
}

function describe(record: SpanRecord): string {
  return `${serviceName(record)}: ${record.span.name}`
}

async function spanNames(response: Response): Promise<string[]> {
  if (response.status === 404) return []
  const { result } = (await response.json()) as {
    result: { resourceSpans: { scopeSpans: { spans: { name: string }[] }[] }[] }
  }
  const spans = result.resourceSpans.flatMap((entry) => entry.scopeSpans).flatMap((entry) => entry.spans)
  return spans.map((span) => span.name).sort()
}
