import type { ReceivedSpan } from '../otlp/received-span'
import { type OrderTraces, tracesOfOrder } from '../traces/orders'
import { BATCH_MS, elapse } from '../traces/settle'
import { fits, type SpanFilter } from '../traces/span-filter'
import type { TraceSource } from '../traces/trace-source'
import { type WaitOptions, waitForSpan } from '../traces/wait-for-span'
import { createJaegerAnswers } from './jaeger-answers'

export interface FromJaegerOptions {
  /** Sent with every question, such as `Authorization`. */
  headers?: Readonly<Record<string, string>>
  /** For how long the back end's services keep spans back, ms. Default: 5,000, as OpenTelemetry's SDKs do. */
  batchMs?: number
}

/** The pages' traces together with what the back end told Jaeger of them. It is asked anew while a matcher waits. */
export interface JoinedTraces extends TraceSource {
  order(id: string): OrderTraces
  waitForSpan(filter: SpanFilter, options?: WaitOptions): Promise<ReceivedSpan>
}

export interface PagesTraces {
  source: TraceSource
  /** The traces that the pages' requests were in, also those whose spans did not come. */
  traceIds(): string[]
}

/** @throws JaegerError when the address is none */
export function joinJaeger({ source, traceIds }: PagesTraces, url: string, options: FromJaegerOptions): JoinedTraces {
  const { headers, batchMs = BATCH_MS } = options
  const answers = createJaegerAnswers(url, headers)
  const everyTrace = () => [...new Set([...source.spans().map(({ traceId }) => traceId), ...traceIds()])]

  const joined = {
    ...source,
    spans(filter = {}) {
      const own = source.spans()
      const known = new Set(own.map(({ spanId }) => spanId))
      const others = answers.spans().filter(({ spanId }) => !known.has(spanId))
      return [...own, ...others].filter((span) => fits(span, filter))
    },
    onChange(listener) {
      const ends = [source.onChange(listener), answers.onChange(listener)]
      return () => {
        for (const end of ends) end()
      }
    },
    summary: () => `${source.summary()}\n${answers.summary()}`,
    settle: async (given) => void (await Promise.all([source.settle?.(given), elapse(batchMs, given)])),
    refresh: (signal) => answers.ask(everyTrace(), signal),
    pending: () => answers.pending(everyTrace()),
  } satisfies TraceSource

  return {
    ...joined,
    order(id) {
      const order = tracesOfOrder(joined, id)
      // Until the order is known to be somewhere it may be anywhere.
      const concerned = () => (order.traceIds().length ? order.traceIds() : everyTrace())
      const refresh = (signal: AbortSignal) => answers.ask(concerned(), signal)
      return { ...order, refresh, pending: () => answers.pending(concerned()) }
    },
    waitForSpan: (filter, wait) => waitForSpan(joined, filter, wait),
  }
}
