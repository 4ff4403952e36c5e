// What a page runs to start each contender, how it keeps operations open while `run` makes its requests, how it
// sends their spans, and how it traces one order. `window.collector` is the collector's address where it is not the default.

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

export const starts = {
  ordertrace: ordertrace(),
  [ASKING]: ordertrace(", unanswered: 'ask'"),
  'plain OpenTelemetry': plain,
  'plain OpenTelemetry with zone.js': plain,
}
