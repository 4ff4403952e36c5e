import type { Attributes, Tracer } from '@opentelemetry/api'

/**
 * How an operation ended. `abandoned`: the page went away first. `continued`: the page went away, and the operation goes on on the next one
 * (see `OrderOptions.continues`).
 */
export type Outcome = 'confirmed' | 'failed' | 'abandoned' | 'continued'

export interface OrderOptions {
  /** The order's id where it is known from the start; else `order.setId(id)` later. */
  id?: string
  /** Attributes of the operation's span. */
  attributes?: Attributes
  /**
   * The operation goes on on a later page of this tab, within 30 minutes: after a redirect, a form that the browser sends, a payment page and
   * back. When this page goes away the operation ends as `continued` here, and `resumeOrder(step)` takes it up there, in the same trace.
   * @defaultValue false
   */
  continues?: boolean
}

/** One operation on an order: a submit, a confirmation, a status change. Never throws into the page. */
export interface Order {
  /** The trace that the operation's requests belong to, 32 lower-case hex digits; empty when tracing is off. */
  readonly traceId: string
  /** Runs `fn` as part of the operation and returns what it returns; for a promise, one that settles alike. Exact in every browser. */
  run<T>(fn: () => T): T
  /** Runs `fn` as a named part of the operation, with a span `order.<step>.<name>` of its own, and returns what it returns. */
  step<T>(name: string, fn: () => T): T
  /** Gives the order's id, which lands on every span of the operation, also on those that ended before. */
  setId(id: string): void
  /** Sets attributes of the operation's span: string, number, boolean, or arrays of them. */
  setAttributes(attributes: Attributes): void
  /**
   * The headers that carry the trace, for a transport that is not traced by itself; empty when tracing is off.
   * @param options `baggage: true` adds both ids; only for an API that allows the header
   */
  headers(options?: { baggage?: boolean }): Record<string, string>
  /** Ends the operation as confirmed. The first end counts. */
  succeed(): void
  /** Ends the operation as failed. The first end counts. */
  fail(reason: unknown): void
}

/** Why a request of an order operation carried no `traceparent`. */
export type NoHeaderReason =
  /** Its origin or path is not in `apis`. */
  | 'not-listed'
  /** The page set a `traceparent` of its own, which stays. */
  | 'set-by-page'
  /** `mode: 'no-cors'` forbids the header. */
  | 'no-cors'
  /** The user has not agreed, see the option `consent`. */
  | 'no-consent'

/** What happened so far, in counts. */
export interface Diagnostics {
  /** `off`: wrong options or no browser; see `problem`. */
  state: 'running' | 'off' | 'stopped'
  problem?: string
  spans: {
    made: number
    sent: number
    /** Ended and not yet sent. */
    waiting: number
    /** Put away for a later page, since the collector was down or the device offline when this one went. */
    stored: number
    /** Taken over from an earlier page, or from another tab: `made + restored` is `sent + waiting + stored` and what was dropped. */
    restored: number
    /** Never to be sent, by reason. */
    dropped: Record<string, number>
  }
  requests: {
    withHeader: number
    /** Requests of order operations that got no `traceparent`; the last 50 kinds. */
    withoutHeader: { method: string; url: string; reason: NoHeaderReason; count: number }[]
  }
  /** Failures inside ordertrace, or in a hook of yours, by place. The page never saw them. */
  failures: Record<string, number>
}

export interface Tracing {
  /**
   * Runs `fn` as an operation on an order: a span `order.<step>` around all requests that it makes. Resolves with what `fn` returns and
   * rejects with what `fn` throws; the span ends as `confirmed`, `failed` or, if the page goes away first, `abandoned`.
   */
  order<T>(step: string, fn: (order: Order) => T | PromiseLike<T>): Promise<T>
  order<T>(step: string, options: OrderOptions, fn: (order: Order) => T | PromiseLike<T>): Promise<T>
  /** Starts an operation that no single function spans. End it by `succeed()` or `fail(reason)`. */
  startOrder(step: string, options?: OrderOptions): Order
  /**
   * Takes up an operation that an earlier page of this tab left with `continues: true`: a span in the same trace, with the ids that were known.
   * @returns `undefined` if there is none, if it is older than 30 minutes, or if another user is at the page now
   */
  resumeOrder(step: string, options?: OrderOptions): Order | undefined
  /** Says who is at the page; `undefined` after a logout. Another id than before starts a new session. */
  setUser(id: string | undefined): void
  /**
   * What the user answered, for pages that start with `consent: 'pending'`: `true` releases what waited, `false` forgets it, and what was stored
   * before, and traces nothing until `true`.
   */
  setConsent(isGranted: boolean): void
  /** A plain OpenTelemetry tracer. */
  readonly tracer: Tracer
  /** Sends what waits; resolves when that was answered or given up. Never rejects. */
  flush(): Promise<void>
  /** Ends tracing on this page: sends what waits and puts every patched function back. */
  stop(): Promise<void>
  diagnostics(): Diagnostics
}
