import type { AttributeValue } from '@opentelemetry/api'

/**
 * An API that may receive trace headers: an origin (`https://api.shop.example`), an origin with a path (`https://api.shop.example/v2/`)
 * or a path on the page's own origin (`/api/`). Paths are compared by whole segments: `/api` covers `/api/orders`, never `/apiary`.
 */
export type Api =
  | string
  | {
      url: string
      /**
       * Also send `baggage` with `order_id` and `user_id`. Another origin must allow the header in its CORS answer, else the page's own
       * request fails.
       * @defaultValue false
       */
      baggage?: boolean
    }

/**
 * Looks at one attribute (or a span's `status.message`) before it leaves the browser: return the value to keep it, another to replace
 * it, `undefined` to drop it. Query strings, fragments, credentials and e-mail addresses are gone already. If it throws, the attribute
 * is dropped.
 */
export type Redact = (
  name: string,
  value: AttributeValue,
  span: { readonly name: string },
) => AttributeValue | undefined

export interface TracingOptions {
  /** `service.name` of the page: `internet-shop`, `crm`, `mes-ui`. */
  service: string
  /**
   * Where spans go, by OTLP/HTTP: a path on the page's own origin (no CORS preflight, no ad-blocker exception) or an absolute URL.
   * @defaultValue '/v1/traces'
   */
  collector?: string
  /**
   * Whether requests to a collector on the page's own origin carry its cookies: `'same-origin'` for one that checks `user_id` against the login, which must
   * take them away before it hands on what it got. Another origin never gets any.
   * @defaultValue 'omit'
   */
  collectorCredentials?: 'omit' | 'same-origin'
  /**
   * An order's spans that left with a page that was gone before it saw the collector's answer. `'repeat'`: the next page of the tab sends them again, the very
   * same spans, unless it finds the collector well within 0.3 s: then they have arrived. A few arrive twice, which Jaeger shows once
   * (https://opentelemetry.io/docs/specs/otlp/#duplicate-data). `'ask'`, for whoever counts spans on their way and would rather lose an order than count it
   * twice: the next page has 5 s for that. Spans are lost where the collector refused them and is well again by then.
   * @defaultValue 'repeat'
   */
  unanswered?: 'repeat' | 'ask'
  /**
   * Who receives `traceparent`. No other request does: an API that does not expect the header would refuse the page's own request.
   * @defaultValue []
   */
  apis?: readonly Api[]
  /**
   * The opaque internal id of the user, never an e-mail, a name or a phone number; or a function that is asked whenever a span starts.
   * May come later by `setUser`.
   */
  userId?: string | (() => string | undefined)
  /**
   * Share of sessions (0 to 1) in which everything besides orders is traced. Orders are always traced.
   * @defaultValue 1
   */
  sampleRatio?: number
  /**
   * Templates of the routes of a single-page application, such as `/orders/:id`: a change of route is a span with the template. A path that fits
   * none has its id-like segments masked; `false` traces no routes.
   * @defaultValue []
   */
  routes?: readonly string[] | false
  /**
   * `'pending'`: spans are kept in memory, nothing is sent, nothing is stored, and no request gets a header until `tracing.setConsent(true)`; for pages
   * that ask first.
   * @defaultValue 'granted'
   */
  consent?: 'granted' | 'pending'
  /**
   * Trace forms and buttons that carry `data-order-step`.
   * @defaultValue true
   */
  declarative?: boolean
  /**
   * Serve `trace` and `context` of `@opentelemetry/api` to the rest of the page as well. Leave it off where another OpenTelemetry SDK runs.
   * @defaultValue false
   */
  registerGlobally?: boolean
  /** Last look at every attribute before it leaves the browser. */
  redact?: Redact
  /** `service.version` of the page. */
  version?: string
  /** `deployment.environment.name` of the page. */
  environment?: string
  /**
   * Say in the console what is going on: requests of an order that got no header, refusals of the collector, our own failures.
   * @defaultValue false
   */
  debug?: boolean
}
