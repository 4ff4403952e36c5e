import { randomBytes } from 'node:crypto'

/** What a page sends of one order: so many spans, with the attributes that the SDK gives them. */
export function orderRequest(spans = 4) {
  const traceId = randomBytes(16).toString('hex')
  const now = Date.now()
  const text = (key, value) => ({ key, value: { stringValue: value } })
  const span = (_, at) => ({
    traceId,
    spanId: randomBytes(8).toString('hex'),
    name: at === 0 ? 'order.submit' : 'POST',
    kind: at === 0 ? 1 : 3,
    startTimeUnixNano: `${now - 100 + at}000000`,
    endTimeUnixNano: `${now}000000`,
    attributes: [
      text('order_id', 'o-6zm26fq8dx'),
      text('user_id', 'u-bqk6yjzjqt'),
      text('session.id', '0123456789abcdef0123456789abcdef'),
      text('url.full', 'https://shop.example/api/orders'),
      text('http.request.method', 'POST'),
      { key: 'http.response.status_code', value: { intValue: 201 } },
    ],
    status: {},
  })
  const resource = { attributes: [text('service.name', 'internet-shop'), text('telemetry.sdk.name', 'ordertrace')] }
  const scopeSpans = [{ scope: { name: 'ordertrace' }, spans: Array.from({ length: spans }, span) }]
  return Buffer.from(JSON.stringify({ resourceSpans: [{ resource, scopeSpans }] }))
}
