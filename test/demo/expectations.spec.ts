import { expect, test } from '@playwright/test'
import { missingFrom } from '../../demo/walk/expectations'
import { readTraceSpans, type TraceSpan } from '../../demo/walk/trace-span'
import { orderTrace, traceSpan } from './support/order-trace'

const missing = (spans: TraceSpan[]) => missingFrom(spans, { orderId: 'o-1' })

test('a whole trace lacks nothing', () => expect(missing(orderTrace())).toEqual([]))

const PARTS: [string, string][] = [
  ['order.submit', 'no span for the order operation `order.submit` of internet-shop'],
  ['POST', "no span for the browser's POST request span"],
  ['POST /api/orders', 'no span for the server span of shop-api'],
  ['pg.query:INSERT shop', 'no span for INSERT into orders'],
  ['PutObject', 'no span for PutObject into the 3D file storage'],
]
for (const [name, message] of PARTS) {
  test(`says that ${name} is missing`, () => {
    expect(missing(orderTrace().filter((span) => span.name !== name))).toContain(message)
  })
}

test('says that the server span hangs in another place', () => {
  const spans = orderTrace().map((span) => (span.spanId === '3' ? { ...span, parentSpanId: undefined } : span))
  expect(missing(spans)).toContain("the server span of shop-api is not under the browser's POST request span")
})

test('says that a parent is missing', () => {
  const spans = [...orderTrace(), traceSpan({ spanId: '7', parentSpanId: '99', name: 'stray' })]
  expect(missing(spans)).toEqual(['the parent of "shop-api: stray" (99) is missing'])
})

test('says which span lacks which id, or has another', () => {
  const spans = orderTrace()
  spans.push({ ...traceSpan({ spanId: '7', parentSpanId: '3' }), attributes: { order_id: 'o-2' } })
  expect(missing(spans)).toEqual([
    'order_id on "shop-api: span" is o-2, expected o-1',
    'user_id on "shop-api: span" is missing',
  ])
})

test('says that the spans name two users', () => {
  const stranger = traceSpan({ spanId: '7', parentSpanId: '3', attributes: { user_id: 'u-2' } })
  expect(missing([...orderTrace(), stranger])).toEqual(['the spans name 2 users: u-1, u-2'])
})

test('says that the order is spread over two traces', () => {
  const spans = [...orderTrace(), traceSpan({ spanId: '7', traceId: 'b'.repeat(32) })]
  expect(missing(spans).join()).toContain('spread over 2 traces')
})

test("reads spans out of the query API's answer, with what is absent in it", () => {
  expect(readTraceSpans({})).toEqual([])
  const span = { traceId: 'a', spanId: 'b', parentSpanId: '', startTimeUnixNano: '5' }
  const attributes = [{ key: 'items', value: { intValue: '2' } }, { key: 'none' }]
  const [read] = readTraceSpans({ result: { resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, attributes }] }] }] } })
  expect(read).toMatchObject({ service: '', name: '', kind: 'internal', parentSpanId: undefined, start: 5n, end: 5n })
  expect(read?.attributes).toEqual({ items: '2', none: '' })
})
