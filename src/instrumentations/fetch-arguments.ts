import { BAGGAGE, TRACEPARENT } from '../propagation/headers'
import type { TracedRequest } from './request-span'

export type FetchArguments = [input: RequestInfo | URL, init?: RequestInit]

/** The arguments of one `fetch` of the page, to be looked at and passed on once. */
export interface PreparedArguments {
  /** What to pass on if nothing is added. */
  readonly args: FetchArguments
  readonly hasTraceparent: boolean
  with(headers: TracedRequest['headers']): FetchArguments
}

/**
 * A plain `init` is copied, in the shape in which the page wrote its headers: the page's own object stays untouched, be it frozen or shared, and a
 * wrapper of another library's before ours finds what it expects. Everything else becomes a Request, as `fetch` itself is defined to make one
 * of its arguments (https://fetch.spec.whatwg.org/#fetch-method).
 */
export function prepareArguments(args: FetchArguments): PreparedArguments {
  const [input, init] = args
  // The browser refuses headers that are null.
  return isRequest(input) || !isPlain(init) || init?.headers === null ? prepareRequest(args) : preparePlain(input, init)
}

function preparePlain(input: FetchArguments[0], init: RequestInit = {}): PreparedArguments {
  const own = replayable(init.headers)
  return {
    args: [input, own === init.headers ? init : { ...init, headers: own as HeadersInit }],
    hasTraceparent: hasTraceparent(own),
    with: (headers) => [input, { ...init, headers: merge(own, headers) }],
  }
}

/** @throws what the browser will say of these arguments as well */
function prepareRequest(args: FetchArguments): PreparedArguments {
  const request = new Request(...args)
  return {
    args: [request],
    hasTraceparent: request.headers.has(TRACEPARENT),
    with(headers) {
      addTo(request.headers, headers)
      return [request]
    },
  }
}

type OwnHeaders = Headers | [string, string][] | Record<string, string> | undefined

/** An iterator can be read once; the browser reads a list. */
function replayable(headers: HeadersInit | undefined): OwnHeaders {
  if (headers == null || headers instanceof Headers || Array.isArray(headers)) return headers
  return Symbol.iterator in headers ? ([...(headers as Iterable<[string, string]>)] as [string, string][]) : headers
}

function hasTraceparent(headers: OwnHeaders): boolean {
  if (headers instanceof Headers) return headers.has(TRACEPARENT)
  const names = Array.isArray(headers) ? headers.map(([name]) => name) : Object.keys(headers ?? {})
  return names.some((name) => String(name).toLowerCase() === TRACEPARENT)
}

function merge(own: OwnHeaders, added: TracedRequest['headers']): HeadersInit {
  if (own instanceof Headers) return addTo(new Headers(own), added)
  if (Array.isArray(own)) return [...own, ...added.map(([name, value]): [string, string] => [name, value])]
  const merged: Record<string, string> = { ...own }
  for (const [name, value] of added) {
    const known = Object.keys(merged).find((key) => key.toLowerCase() === name)
    merged[known ?? name] = known && name === BAGGAGE ? `${merged[known]},${value}` : value
  }
  return merged
}

function addTo(headers: Headers, added: TracedRequest['headers']): Headers {
  for (const [name, value] of added) {
    if (name === BAGGAGE) headers.append(name, value)
    else headers.set(name, value)
  }
  return headers
}

function isPlain(init: unknown): init is RequestInit | undefined {
  if (init === undefined) return true
  if (typeof init !== 'object' || init === null) return false
  const prototype = Object.getPrototypeOf(init)
  // A copy has only what is enumerable.
  const isWhole = Object.getOwnPropertyNames(init).length === Object.keys(init).length
  return isWhole && (prototype === Object.prototype || prototype === null)
}

/** A Request of another frame's is none of ours by `instanceof`. */
export const isRequest = (input: unknown): input is Request =>
  Object.prototype.toString.call(input) === '[object Request]'
