import { type Attributes, type Context, type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api'
import {
  ERROR_TYPE,
  HTTP_METHOD,
  HTTP_METHOD_ORIGINAL,
  HTTP_STATUS,
  SERVER_ADDRESS,
  SERVER_PORT,
  URL_FULL,
} from '../attributes'
import type { Continuity } from '../continuity/continuity'
import { type OperationScope, operationOf } from '../continuity/operation-context'
import type { Clock } from '../page/clock'
import type { ServerTime } from '../page/server-time'
import { scrubUrl } from '../privacy/scrub'
import { traceHeaders } from '../propagation/headers'
import type { Targets } from '../propagation/targets'
import type { RecordedSpan } from '../spans/recorded-span'
import type { NoHeaderReason } from '../tracing'

export interface PageRequest {
  method: string
  url: URL
  /** Why this request cannot be given headers, if it cannot; asked only where it should be. */
  obstacle(): NoHeaderReason | undefined
  /** What the code that prepared the request was part of, if that was earlier than now. */
  preparedIn?: Context
}

/** A request of the page that has a span. */
export interface TracedRequest {
  /** To be set on the request; empty if its URL is not in `apis`. */
  readonly headers: readonly [name: string, value: string][]
  /**
   * The server answered.
   * @param status 0 where the browser hides it
   * @param header reads the answer's headers, as far as the page may
   */
  respond(status: number, header?: (name: string) => string | null | undefined): void
  /** No answer came. */
  fail(error: 'abort' | 'timeout' | 'network'): void
  /** Reactions to whatever happens to this target are the operation's. */
  holdForListeners(target: EventTarget): void
}

export interface RequestParts {
  tracer: Tracer
  continuity: Continuity
  targets: Targets
  isSampled(context: Context): boolean
  userId(): string | undefined
  /** Spans' own way out is not traced. */
  isCollector(url: URL): boolean
  /** Whether the user agreed to be followed. */
  mayPropagate(): boolean
  serverTime: ServerTime
  clock: Clock
  onHeader(): void
  onNoHeader(request: PageRequest, reason: NoHeaderReason): void
}

export type BeginRequest = (request: PageRequest) => TracedRequest | undefined

/** @returns starts a request's span; `undefined` for a request that is not to be traced, which then goes out untouched */
export function createRequestTracing(parts: RequestParts): BeginRequest {
  const { tracer, continuity } = parts
  return (request) => {
    if (parts.isCollector(request.url)) return undefined
    const context = request.preparedIn ?? continuity.active()
    if (!parts.isSampled(context)) return undefined
    const operation = operationOf(context)
    // Asked before anything has begun: arguments that the browser will refuse throw here.
    const target = parts.targets(request.url)
    const reason = !target ? 'not-listed' : parts.mayPropagate() ? request.obstacle() : 'no-consent'
    const isKnown = METHODS.test(request.method)
    const span = tracer.startSpan(isKnown ? request.method : 'HTTP', { kind: SpanKind.CLIENT }, context)
    // By `suppressTracing`.
    if (!span.isRecording()) return undefined
    // What we describe ourselves nobody has to check.
    Object.assign((span as RecordedSpan).attributes, describeRequest(request, isKnown))
    operation?.requestStarted()
    if (reason && operation) parts.onNoHeader(request, reason)
    if (!reason) parts.onHeader()
    const ids = operation ?? { orderId: undefined, userId: parts.userId() }
    const ended = endOnce(span, operation)
    // Of other servers nobody has said that their clock is right; and any cache may answer a GET.
    const tellsTime = target && !/^(GET|HEAD|QUERY)$/.test(request.method)
    const sentAt = tellsTime && parts.clock.now()
    return {
      headers: reason ? [] : traceHeaders(span.spanContext(), target?.baggage ? ids : undefined),
      respond(status, header) {
        ended(status ? { status } : {})
        if (header && sentAt) parts.serverTime.heard(header, sentAt)
      },
      fail: (error) => ended({ error }),
      holdForListeners: (listened) => continuity.holdForListeners(context, listened),
    }
  }
}

function endOnce(span: Span, operation: OperationScope | undefined) {
  let isOpen = true
  return ({ status, error }: { status?: number; error?: string }) => {
    if (!isOpen) return
    isOpen = false
    if (status !== undefined) span.setAttribute(HTTP_STATUS, status)
    const failure = error ?? (status !== undefined && status >= 400 ? String(status) : undefined)
    if (failure !== undefined) {
      span.setAttribute(ERROR_TYPE, failure)
      span.setStatus({ code: SpanStatusCode.ERROR })
    }
    span.end()
    operation?.requestSettled(failure)
  }
}

/** The methods that may name a span; others would let a page make names without end (semantic conventions for HTTP). */
const METHODS = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|QUERY)$/

function describeRequest({ method, url }: PageRequest, isKnown: boolean) {
  const described: Attributes = {
    [HTTP_METHOD]: method,
    [URL_FULL]: scrubUrl(url),
    [SERVER_ADDRESS]: url.hostname,
    [SERVER_PORT]: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
  }
  return isKnown ? described : { ...described, [HTTP_METHOD]: '_OTHER', [HTTP_METHOD_ORIGINAL]: method }
}
