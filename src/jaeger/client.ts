import { type AskOptions, ask, type JsonAnswer } from './ask'
import { groupByTrace } from './group-by-trace'
import { JaegerError } from './jaeger-error'
import type { JaegerTrace } from './jaeger-trace'
import type { QueryApi } from './query-api'
import { DEFAULT_DEPTH, type TraceQuery } from './trace-query'
import { version1 } from './version-1'
import { version3 } from './version-3'

export interface JaegerOptions {
  /** Jaeger's query API, with the path that it lives under, if any: `http://localhost:16686`. */
  url: string
  /** Sent with every question, such as `Authorization`. Default: none. */
  headers?: Readonly<Record<string, string>>
  /** How long one answer may take, ms. Default 30,000. */
  timeoutMs?: number
  /** Default: the global one. */
  fetch?: typeof globalThis.fetch
}

export interface AskedFrom {
  /** Ends the question; the promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined
}

/** What a search found. */
export interface FoundTraces {
  traces: JaegerTrace[]
  /** False when there were as many as were asked for: then there may be more. */
  complete: boolean
}

/** Reads a Jaeger; every call rejects with a {@link JaegerError} when there is no answer. */
export interface JaegerClient {
  readonly url: string
  services(options?: AskedFrom): Promise<string[]>
  /** Names of the spans of a service. */
  operations(service: string, options?: AskedFrom): Promise<string[]>
  /** Traces with a span that the query describes, in no order. */
  findTraces(query: TraceQuery, options?: AskedFrom): Promise<FoundTraces>
  /** One trace, or `undefined` when it is not there (any more). */
  trace(traceId: string, options?: AskedFrom): Promise<JaegerTrace | undefined>
  /** The version of the query API that answered last; `undefined` before the first answer. */
  version(): 3 | 1 | undefined
}

/**
 * Makes a client of Jaeger's query API, version 3, and of version 1 where there is no 3. It asks nothing by itself.
 * @throws JaegerError when the address is none
 */
export function createJaegerClient({ url, headers = {}, timeoutMs = 30_000, ...rest }: JaegerOptions): JaegerClient {
  const base = checkAddress(url)
  // Called as a function of its own: the browser's refuses to be a method of something else.
  const fetch: typeof globalThis.fetch = rest.fetch ?? ((...given) => globalThis.fetch(...given))
  let api: QueryApi | undefined
  let heedsAttributes = true

  async function askVersion<T>(version: QueryApi, question: Question<T>, options: AskOptions): Promise<T | undefined> {
    const answer = await ask(base + question.path(version), options)
    if (answer.status === 401 || answer.status === 403) throw refusal(base, answer, version)
    const problem = version.readProblem(answer)
    const isOurs = answer.body !== undefined && (answer.status < 400 || problem !== undefined)
    if (!isOurs && answer.status < 500) return undefined
    // A gateway's own failure says nothing of what is behind it.
    if (isOurs) api = version
    if (answer.status === 404) return question.none
    if (answer.status >= 400) throw refusal(base, answer, version)
    return question.read(version, answer.body)
  }

  async function answer<T>(question: Question<T>, { signal }: AskedFrom, only = api): Promise<T> {
    const options = { fetch, headers, timeoutMs, signal }
    for (const version of only ? [only] : [version3, version1]) {
      const found = await askVersion(version, question, options)
      if (found !== undefined) return found
    }
    throw new JaegerError(
      'not-jaeger',
      `${base} answers, but not as Jaeger's query API does, neither version 3 nor 1: is it the address of Jaeger's page?`,
    )
  }

  return {
    url: base,
    version: () => api?.version,
    services: (options = {}) =>
      answer({ path: (v) => v.servicesPath(), read: (v, body) => v.readServices(body), none: [] }, options),
    operations: (service, options = {}) =>
      answer({ path: (v) => v.operationsPath(service), read: (v, body) => v.readOperations(body), none: [] }, options),
    async findTraces(query, options = {}) {
      const question = { path: (v: QueryApi) => v.searchPath(query), read: readTraces, none: [] }
      const isWhole = (found: readonly JaegerTrace[]) => found.length < (query.depth ?? DEFAULT_DEPTH)
      if (heedsAttributes || query.attributes === undefined) {
        const traces = await answer<JaegerTrace[]>(question, options)
        if (traces.every((trace) => hasAttributes(trace, query))) return { traces, complete: isWhole(traces) }
        // Jaegers before 2.14 heed no attributes in version 3: known once, it is not asked again.
        heedsAttributes = false
      }
      const heeding = await answer<JaegerTrace[]>(question, options, version1).finally(() => {
        api = version3
      })
      const traces = heeding.filter((trace) => hasAttributes(trace, query))
      return { traces, complete: isWhole(heeding) }
    },
    async trace(traceId, options = {}) {
      if (!/^[0-9a-f]{1,32}$/i.test(traceId))
        throw new JaegerError('refused', `A trace id has up to 32 hexadecimal digits, and "${traceId}" has not.`)
      const question = { path: (v: QueryApi) => v.tracePath(traceId.toLowerCase()), read: readTraces, none: [] }
      return (await answer<JaegerTrace[]>(question, options))[0]
    },
  }
}

interface Question<T> {
  path(api: QueryApi): string
  read(api: QueryApi, body: unknown): T
  /** What 404 means. */
  none: T
}

const readTraces = (api: QueryApi, body: unknown): JaegerTrace[] => groupByTrace(api.readSpans(body))

function hasAttributes({ spans }: JaegerTrace, { attributes = {} }: TraceQuery): boolean {
  const wanted = Object.entries(attributes)
  return spans.some((span) =>
    wanted.every(([name, value]) => String(span.attributes[name] ?? span.resource[name] ?? '') === value),
  )
}

function checkAddress(url: string): string {
  const wanted = 'give the address of its query API, such as http://localhost:16686'
  if (!URL.canParse(url)) throw new JaegerError('address', `"${url}" is no address of a Jaeger: ${wanted}.`)
  const { protocol } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new JaegerError('address', `Jaeger is asked by http or https, not "${protocol}": ${wanted}.`)
  // Cut as text: a Jaeger may live under a path of its own, which `new URL(path, base)` would drop.
  return url.replace(/[?#].*$/s, '').replace(/\/+$/, '')
}

function refusal(base: string, answer: JsonAnswer, api: QueryApi): JaegerError {
  const { status } = answer
  const said = api.readProblem(answer)
  const because = said ? `: ${said.slice(0, 300)}` : ''
  if (status === 401)
    return new JaegerError('login', `${base} wants to know who asks (401)${because}. Log in, or send a header.`, status)
  if (status === 403)
    return new JaegerError('permission', `You may not read traces at ${base} (403)${because}.`, status)
  const problem = status < 500 ? 'refused' : 'broken'
  return new JaegerError(problem, `${base} answered ${status}${because}.`, status)
}
