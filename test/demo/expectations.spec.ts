import { expect, test } from '@playwright/test'
import { missingFrom, stepExpectations } from '../../demo/walk/expectations'
import type { TraceSpan } from '../../demo/walk/trace-span'
import { orderTrace, queuePart, traceSpan } from './support/order-trace'

const wholeTrace = () => [...orderTrace(), ...queuePart()]
const missing = (spans: TraceSpan[], before?: string) =>
  missingFrom(spans, { expectation: stepExpectations.submit, orderId: 'o-1', before })

test('a whole trace lacks nothing', () => expect(missing(wholeTrace())).toEqual([]))

const PARTS: [string, string][] = [
  ['order.submit', 'no span for the operation `order.submit` of internet-shop'],
  ['POST', "no span for the browser's request span"],
  ['POST /api/orders', 'no span for the server span of shop-api'],
  ['pg.query:INSERT shop', 'no span for insert\\s+into\\s+"?orders\\b of shop-api'],
  ['PutObject', 'no span for PutObject into the 3D file storage'],
  ['publish', 'no span for publish to orders-for-mes by shop-api'],
  ['process', 'no span for process from orders-for-mes by mes-api'],
  ['pg.query:INSERT mes', 'no span for insert\\s+into\\s+"?orders\\b of mes-api'],
]
for (const [name, message] of PARTS) {
  test(`says that ${name} is missing`, () => {
    expect(missing(wholeTrace().filter((span) => span.name !== name))).toContain(message)
  })
}

test('says that the server span hangs in another place', () => {
  const spans = wholeTrace().map((span) => (span.spanId === '3' ? { ...span, parentSpanId: undefined } : span))
  expect(missing(spans)).toContain("the server span of shop-api is not under the browser's request span")
})

test('says that a parent is missing', () => {
  const spans = [...wholeTrace(), traceSpan({ spanId: '7', parentSpanId: '99', name: 'stray' })]
  expect(missing(spans)).toEqual(['the parent of "shop-api: stray" (99) is missing'])
})

test('says which span lacks which id, or has another', () => {
  const spans = wholeTrace()
  spans.push({ ...traceSpan({ spanId: '7', parentSpanId: '3' }), attributes: { order_id: 'o-2' } })
  expect(missing(spans)).toEqual([
    'order_id on "shop-api: span" is o-2, expected o-1',
    'user_id on "shop-api: span" is missing',
  ])
})

test('says that the spans name two users', () => {
  const stranger = traceSpan({ spanId: '7', parentSpanId: '3', attributes: { user_id: 'u-2' } })
  expect(missing([...wholeTrace(), stranger])).toEqual(['the spans name 2 users: u-1, u-2'])
})

test('says that nothing links to the step before', () => {
  const [root, ...rest] = wholeTrace()
  expect(root && missing([{ ...root, links: [{ traceId: 'b', spanId: '1' }] }, ...rest], 'b')).toEqual([])
  expect(missing(wholeTrace(), 'b')).toEqual(['no span links to the step before, trace b'])
})

test('says that the order is spread over two traces', () => {
  const spans = [...wholeTrace(), traceSpan({ spanId: '7', traceId: 'b'.repeat(32) })]
  expect(missing(spans).join()).toContain('spread over 2 traces')
})
