import type { TraceSpan } from '../../../demo/walk/trace-span'

/** A span of the walk's own kind; what is not said has a default. Times in milliseconds. */
export function traceSpan(
  spec: Partial<Omit<TraceSpan, 'start' | 'end'>> & { spanId: string; start?: number; duration?: number },
): TraceSpan {
  const { start = 0, duration = 1, attributes, ...rest } = spec
  return {
    traceId: 'a'.repeat(32),
    parentSpanId: undefined,
    service: 'shop-api',
    name: 'span',
    kind: 'internal',
    failed: false,
    statusMessage: '',
    links: [],
    ...rest,
    start: BigInt(start * 1e6),
    end: BigInt(Math.round((start + duration) * 1e6)),
    attributes: { order_id: 'o-1', user_id: 'u-1', ...attributes },
  }
}

/** The whole trace of one order, as the system makes it. */
export function orderTrace(): TraceSpan[] {
  const post = { 'http.request.method': 'POST' }
  const insert = { 'db.query.text': 'INSERT INTO orders (id) VALUES ($1)' }
  const shop = { service: 'internet-shop' }
  return [
    traceSpan({ ...shop, spanId: '1', name: 'order.submit', duration: 214 }),
    traceSpan({
      ...shop,
      spanId: '2',
      parentSpanId: '1',
      name: 'POST',
      kind: 'client',
      start: 3,
      duration: 190.5,
      attributes: post,
    }),
    traceSpan({
      spanId: '3',
      parentSpanId: '2',
      name: 'POST /api/orders',
      kind: 'server',
      start: 12,
      duration: 160,
      attributes: post,
    }),
    traceSpan({ spanId: '4', parentSpanId: '3', name: 'request handler', start: 13, duration: 158 }),
    traceSpan({
      spanId: '6',
      parentSpanId: '4',
      name: 'pg.query:INSERT shop',
      kind: 'client',
      start: 97,
      duration: 0.85,
      attributes: insert,
    }),
    traceSpan({ spanId: '5', parentSpanId: '4', name: 'PutObject', kind: 'client', start: 20, duration: 75 }),
  ]
}

/** How the order goes on over the queue. */
export function queuePart(): TraceSpan[] {
  const queue = { 'messaging.destination.name': 'orders-for-mes' }
  const insert = { 'db.query.text': 'INSERT INTO orders (id) VALUES ($1)' }
  const mes = { service: 'mes-api' }
  return [
    traceSpan({ spanId: 'q1', parentSpanId: '3', name: 'publish', kind: 'producer', attributes: queue }),
    traceSpan({ ...mes, spanId: 'q2', parentSpanId: 'q1', name: 'process', kind: 'consumer', attributes: queue }),
    traceSpan({
      ...mes,
      spanId: 'q3',
      parentSpanId: 'q2',
      name: 'pg.query:INSERT mes',
      kind: 'client',
      attributes: insert,
    }),
  ]
}
