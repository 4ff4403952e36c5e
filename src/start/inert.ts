import { type Span, TraceFlags, type Tracer } from '@opentelemetry/api'
import { runOrder } from '../order/run-order'
import { unrecordedSpan } from '../spans/span-context'
import type { Diagnostics, Order, OrderOptions, Tracing } from '../tracing'

export const INERT_ORDER: Order = {
  traceId: '',
  run: (fn) => fn(),
  step: (_name, fn) => fn(),
  setId() {},
  setAttributes() {},
  headers: () => ({}),
  succeed() {},
  fail() {},
}

const NO_SPAN = unrecordedSpan({ traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: TraceFlags.NONE })
const INERT_TRACER: Tracer = {
  startSpan: () => NO_SPAN,
  startActiveSpan: (_name: string, ...rest: unknown[]) => (rest.at(-1) as (span: Span) => never)(NO_SPAN),
}

/** Tracing that does nothing but run the page's functions: after wrong options, on a server, where tracing could not start. */
export function createInertTracing(problem: string): Tracing {
  return {
    order: <T>(_step: string, ...rest: unknown[]) => runOrder(INERT_ORDER, rest.at(-1) as (order: Order) => T),
    resumeOrder: () => undefined,
    startOrder: (_step: string, _options?: OrderOptions) => INERT_ORDER,
    setUser() {},
    setConsent() {},
    tracer: INERT_TRACER,
    flush: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    diagnostics: () => nothingDone(problem),
  }
}

const nothingDone = (problem: string): Diagnostics => ({
  state: 'off',
  problem,
  spans: { made: 0, sent: 0, waiting: 0, stored: 0, restored: 0, dropped: {} },
  requests: { withHeader: 0, withoutHeader: [] },
  failures: {},
})
