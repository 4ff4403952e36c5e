export type { Api, Redact, TracingOptions } from './options'
export { startTracing } from './start/start'
export type { Diagnostics, NoHeaderReason, Order, OrderOptions, Outcome, Tracing } from './tracing'
