import type { Guard } from '../page/guard'
import { lookOn } from '../page/look-on'
import { patch } from '../page/patch'
import { BAGGAGE, TRACEPARENT } from '../propagation/headers'
import { pageUrl } from './page-url'
import type { BeginRequest, PageRequest, TracedRequest } from './request-span'

type FetchArguments = [input: RequestInfo | URL, init?: RequestInit]

/**
 * Traces `fetch`. A request that gets no header goes out with the page's own arguments, and every request comes back as the browser's own
 * promise; we only look on.
 */
export function traceFetch(begin: BeginRequest, guard: Guard): () => void {
  return patch(window, 'fetch', (native, self, args) => {
    const traced = guard('fetch', () => beginFetch(begin, args as FetchArguments))
    if (!traced) return Reflect.apply(native, self, args)
    try {
      const answer = Reflect.apply(native, self, traced.args)
      guard('fetch', () => watch(answer, traced.request, guard))
      return answer
    } catch (error) {
      // The browser's own fetch never throws, but another library's around it may.
      traced.request.fail('network')
      throw error
    }
  })
}

function beginFetch(begin: BeginRequest, args: FetchArguments) {
  const described = readArguments(...args)
  const request = described && begin(described)
  if (!request) return undefined
  return { request, args: request.headers.length > 0 ? withHeaders(args, request.headers) : args }
}

function readArguments(input: RequestInfo | URL, init?: RequestInit): PageRequest | undefined {
  const given = input instanceof Request ? input : undefined
  const url = pageUrl(given ? given.url : input)
  if (!url) return undefined
  const method = String(init?.method ?? given?.method ?? 'GET').toUpperCase()
  return { method, url, obstacle: () => obstacleOf(given, init) }
}

function obstacleOf(given: Request | undefined, init: RequestInit | undefined) {
  if ((init?.mode ?? given?.mode) === 'no-cors') return 'no-cors'
  const headers = init?.headers === undefined ? given?.headers : new Headers(init.headers)
  return headers?.has(TRACEPARENT) ? 'set-by-page' : undefined
}

/**
 * `fetch(input, init)` is defined as making a Request of them (https://fetch.spec.whatwg.org/#fetch-method), so we make it ourselves: the
 * page's `init` stays untouched, be it frozen, shared or exotic. Where that fails the browser will fail alike, with the page's own arguments.
 */
function withHeaders(args: FetchArguments, headers: TracedRequest['headers']): FetchArguments {
  try {
    const request = new Request(...args)
    for (const [name, value] of headers) {
      if (name === BAGGAGE) request.headers.append(name, value)
      else request.headers.set(name, value)
    }
    return [request]
  } catch {
    return args
  }
}

function watch(answer: unknown, request: TracedRequest, guard: Guard): void {
  if (!(answer instanceof Promise)) return
  lookOn(
    answer,
    (response: Response) => void guard('fetch', () => request.respond(response.status)),
    (error) => void guard('fetch', () => request.fail(errorType(error))),
  )
}

function errorType(error: unknown) {
  const name = (error as { name?: unknown } | null | undefined)?.name
  return name === 'AbortError' ? 'abort' : name === 'TimeoutError' ? 'timeout' : 'network'
}
