// What a page runs to start each contender, how it keeps operations open while `run` makes its requests, how it
// sends their spans, and how it traces one order. `window.collector` is the collector's address where it is not the default.

import { ELASTIC } from './size.mjs'

const plain = `const { tracer, provider } = startPlain(window.collector)
  window.flush = () => provider.forceFlush()
  window.withOpen = async (open, run) => {
    const spans = Array.from({ length: open }, (_, i) => tracer.startSpan('order ' + i))
    await tracer.startActiveSpan('order', async (span) => { await run(); span.end() })
    for (const span of spans) span.end()
  }
  window.order = (id, run) => tracer.startActiveSpan('order.submit', { attributes: { order_id: id } }, async (span) => {
    try { await run() } finally { span.end() }
  })`

const ordertrace = (
  options = '',
) => `const tracing = ordertrace.startTracing({ service: 'internet-shop', apis: ['/api/'], collector: window.collector${options} })
  window.flush = tracing.flush
  window.withOpen = async (open, run) => {
    const orders = Array.from({ length: open }, (_, i) => tracing.startOrder('order-' + i))
    await tracing.order('order', { id: 'o-1' }, run)
    for (const order of orders) order.succeed()
  }
  window.order = (id, run) => tracing.order('submit', { id }, run)`

/** Orders whose answer no page saw are asked for, and not sent again where the collector is well. */
export const ASKING = 'ordertrace, unanswered: ask'

/** Requests join the transaction that is `managed`; it sends half a second after one has ended, and has no way to be asked sooner. */
const elastic = `const apm = elasticApm.init({ serviceName: 'internet-shop', serverUrl: location.origin + '/v1' })
  window.flush = () => new Promise((resolve) => setTimeout(resolve, 600))
  window.withOpen = async (open, run) => {
    const others = Array.from({ length: open }, (_, i) => apm.startTransaction('order ' + i, 'order'))
    const order = apm.startTransaction('order', 'order', { managed: true })
    await run()
    order.end()
    for (const other of others) other.end()
  }`

export const starts = {
  ordertrace: ordertrace(),
  [ASKING]: ordertrace(", unanswered: 'ask'"),
  [ELASTIC]: elastic,
  'plain OpenTelemetry': plain,
  'plain OpenTelemetry with zone.js': plain,
}
