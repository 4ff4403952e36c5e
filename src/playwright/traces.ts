import type { CollectorAnswering } from '../collector/collector-answer'
import type { Intake } from '../collector/intake'
import type { ReceivedSpan } from '../otlp/received-span'
import { parseTraceparent } from '../propagation/traceparent'
import type { Delivery } from '../traces/delivery'
import { type OrderTraces, tracesOfOrder } from '../traces/orders'
import type { SettleOptions } from '../traces/settle'
import type { SpanFilter } from '../traces/span-filter'
import type { TraceSource } from '../traces/trace-source'
import { type WaitOptions, waitForSpan } from '../traces/wait-for-span'
import { type FromJaegerOptions, type JoinedTraces, joinJaeger } from './from-jaeger'
import type { PageRequest, PageRequests } from './page-requests'
import { sentHeaders } from './sent-headers'
import { type TracedRequest, tracedRequest } from './traced-request'

/** What the pages of this test sent: spans to their collector, requests to everybody else. */
export interface Traces extends TraceSource {
  /** The requests to the collector, as they came. */
  readonly deliveries: readonly Delivery[]
  /**
   * What the pages' collector answers from now on, to see what becomes of them when it is in trouble; undefined: it takes everything, or is
   * asked itself with `passOn`. Spans of a request that is not answered with success have not come; it is among the deliveries, with its status.
   */
  answer: CollectorAnswering | undefined
  /** All other requests of the pages, without images, styles, scripts and the like. */
  readonly requests: readonly PageRequest[]
  /** The traces of an order, also those that come later. */
  order(id: string): OrderTraces
  /**
   * The requests with a method and a URL, also those that come later.
   * @param url a whole URL, or a path that the URL's path ends with: `/orders` means `/api/orders` too; `*` for any characters
   */
  request(method: string, url: string | RegExp): TracedRequest
  /**
   * Resolves when what had ended in the open pages has come: `window.ordertrace` and OpenTelemetry's `BatchSpanProcessor` are let send it at
   * once; for any other page that takes `batchMs`, as long as it may keep spans back.
   */
  settle(options?: SettleOptions): Promise<void>
  /** Resolves with the first span that fits, come or to come. @throws Error that says what came instead, after `timeout` */
  waitForSpan(filter: SpanFilter, options?: WaitOptions): Promise<ReceivedSpan>
  /**
   * These traces joined with what the back end's services sent to Jaeger, for `toHaveEdge` and every other matcher.
   * @param url of Jaeger's query API, `http://localhost:16686`
   * @throws JaegerError when it is none
   */
  fromJaeger(url: string, options?: FromJaegerOptions): JoinedTraces
}

export interface TracesParts {
  intake: Intake
  requests: PageRequests
  settle(options?: SettleOptions): Promise<void>
}

export function createTraces({ intake, requests, settle }: TracesParts): Traces {
  const { spans, onChange, summary, deliveries } = intake.log
  const sentTexts = () => sentHeaders(requests.all)
  const source = { spans, onChange, summary, deliveries, settle, sentTexts } satisfies TraceSource
  const requestedTraceIds = () =>
    requests.all.flatMap(({ headers }) => parseTraceparent(headers.traceparent ?? '')?.traceId ?? [])
  return {
    ...source,
    get answer() {
      return intake.answer
    },
    set answer(next) {
      intake.answer = next
    },
    requests: requests.all,
    order: (id) => tracesOfOrder(source, id),
    request: (method, url) => tracedRequest(source, requests, { method, url }),
    waitForSpan: (filter, options) => waitForSpan(source, filter, options),
    fromJaeger: (url, options = {}) => joinJaeger({ source, traceIds: requestedTraceIds }, url, options),
  }
}
