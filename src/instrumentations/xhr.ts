import type { Context } from '@opentelemetry/api'
import type { Continuity } from '../continuity/continuity'
import { operationOf } from '../continuity/operation-context'
import type { Guard } from '../page/guard'
import { patch } from '../page/patch'
import { TRACEPARENT } from '../propagation/headers'
import { pageUrl } from './page-url'
import type { BeginRequest, TracedRequest } from './request-span'

interface Opened {
  method: string
  url: URL
  openedAt: number
  openedIn: Context
  hasTraceparent: boolean
  request?: TracedRequest
}

/** Listeners on `xhr.upload` would force a CORS preflight; these do not. */
const ENDS = ['readystatechange', 'load', 'error', 'abort', 'timeout', 'loadend']

/** Traces `XMLHttpRequest`, and with it axios. The span begins at `send`, when the request does. */
export function traceXhr(begin: BeginRequest, continuity: Continuity, guard: Guard): () => void {
  const opened = new WeakMap<XMLHttpRequest, Opened>()
  const prototype = XMLHttpRequest.prototype
  const setHeader = prototype.setRequestHeader

  const undo = [
    patch(prototype, 'open', (native, self, args) => {
      guard('xhr', () => settleEarlier(opened, self as XMLHttpRequest))
      const result = Reflect.apply(native, self, args)
      guard('xhr', () => noteOpen(opened, self as XMLHttpRequest, args, continuity))
      return result
    }),
    patch(prototype, 'setRequestHeader', (native, self, args) => {
      const result = Reflect.apply(native, self, args)
      const state = opened.get(self as XMLHttpRequest)
      if (state && typeof args[0] === 'string' && args[0].toLowerCase() === TRACEPARENT) state.hasTraceparent = true
      return result
    }),
    patch(prototype, 'send', (native, self, args) => {
      const xhr = self as XMLHttpRequest
      const request = guard('xhr', () => beginSend(begin, opened.get(xhr), xhr, setHeader))
      try {
        const result = Reflect.apply(native, xhr, args)
        // Asked for before, the browser would tell of the upload to listeners that come too late.
        guard('xhr', () => request?.holdForListeners(xhr.upload))
        return result
      } catch (error) {
        request?.fail('network')
        throw error
      }
    }),
  ]
  return () => {
    for (const restore of undo) restore()
  }
}

/** `getResponseHeader` says in the console which header the page may not see. */
const headerOf = (xhr: XMLHttpRequest, name: string) =>
  new RegExp(`^${name}: *(.*)$`, 'im').exec(xhr.getAllResponseHeaders())?.[1]

/** `open` again, perhaps in a listener that runs before ours, gives up a request that is under way without an event. */
function settleEarlier(opened: WeakMap<XMLHttpRequest, Opened>, xhr: XMLHttpRequest): void {
  const request = opened.get(xhr)?.request
  if (xhr.readyState === XMLHttpRequest.DONE && xhr.status > 0) request?.respond(xhr.status)
  else request?.fail('abort')
}

function noteOpen(
  opened: WeakMap<XMLHttpRequest, Opened>,
  xhr: XMLHttpRequest,
  [method, input]: unknown[],
  continuity: Continuity,
): void {
  const earlier = opened.get(xhr)
  opened.delete(xhr)
  const url = pageUrl(input)
  if (!url || typeof method !== 'string') return
  const openedIn = continuity.active()
  // What an earlier request held for an operation is not this one's. Without one `upload` is not asked for, see below.
  for (const target of earlier?.request ? [xhr, xhr.upload] : [xhr]) continuity.holdForListeners(openedIn, target)
  opened.set(xhr, { method: method.toUpperCase(), url, openedAt: performance.now(), openedIn, hasTraceparent: false })
}

function beginSend(
  begin: BeginRequest,
  state: Opened | undefined,
  xhr: XMLHttpRequest,
  setHeader: XMLHttpRequest['setRequestHeader'],
): TracedRequest | undefined {
  // A second `send` is refused by the browser; it is not another request.
  if (!state || state.request || xhr.readyState !== XMLHttpRequest.OPENED) return undefined
  const { method, url, openedIn } = state
  const request = begin({
    method,
    url,
    obstacle: () => (state.hasTraceparent ? 'set-by-page' : undefined),
    // axios sends from a reaction that no operation awaits, yet opens where the operation can be seen.
    ...(operationOf(openedIn)?.isOpen && { preparedIn: openedIn }),
  })
  if (!request) return undefined
  state.request = request
  for (const [name, value] of request.headers) setHeader.call(xhr, name, value)
  listen(xhr, state, request)
  return request
}

function listen(xhr: XMLHttpRequest, state: Opened, request: TracedRequest): void {
  request.holdForListeners(xhr)
  const stop = new AbortController()
  // axios keeps the time itself, from before `send`, and ends what is overdue by `abort`.
  const isOverdue = () => xhr.timeout > 0 && performance.now() - state.openedAt >= xhr.timeout
  const onEvent = ({ type }: Event) => {
    if (xhr.readyState !== XMLHttpRequest.DONE) return
    if (type === 'error') request.fail('network')
    else if (type === 'abort' || type === 'timeout') request.fail(isOverdue() ? 'timeout' : type)
    else if (xhr.status > 0) request.respond(xhr.status, (name) => headerOf(xhr, name))
    // Status 0 says only that no answer came; the next event says why.
    else return
    stop.abort()
  }
  for (const type of ENDS) xhr.addEventListener(type, onEvent, { signal: stop.signal })
}
