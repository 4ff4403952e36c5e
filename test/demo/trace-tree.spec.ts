import { expect, test } from '@playwright/test'
import { drawTree, formatDuration } from '../../demo/walk/tree'
import { orderTrace, traceSpan } from './support/order-trace'

test('draws a trace as a tree in order of time, with durations and ids in columns', () => {
  const ids = 'order_id=o-1  user_id=u-1'
  expect(drawTree(orderTrace()).split('\n')).toEqual([
    `internet-shop: order.submit                 214.0 ms  ${ids}`,
    `└─ internet-shop: POST                      190.5 ms  ${ids}`,
    `   └─ shop-api: POST /api/orders            160.0 ms  ${ids}`,
    `      └─ shop-api: request handler          158.0 ms  ${ids}`,
    `         ├─ shop-api: PutObject              75.0 ms  ${ids}`,
    `         └─ shop-api: pg.query:INSERT shop    850 µs  ${ids}`,
  ])
})

test('carries the line of a parent past the children of its first child', () => {
  const spans = [
    traceSpan({ spanId: '1', name: 'root' }),
    traceSpan({ spanId: '2', parentSpanId: '1', name: 'first', start: 1 }),
    traceSpan({ spanId: '3', parentSpanId: '2', name: 'inner', start: 2 }),
    traceSpan({ spanId: '4', parentSpanId: '1', name: 'second', start: 3 }),
  ]
  const labels = drawTree(spans)
    .split('\n')
    .map((line) => line.split(/ {2,}\d/)[0])
  expect(labels).toEqual(['shop-api: root', '├─ shop-api: first', '│  └─ shop-api: inner', '└─ shop-api: second'])
})

test('shows a failure, a missing id and a missing parent', () => {
  const failed = traceSpan({ spanId: '1', failed: true, statusMessage: 'order_not_saved' })
  expect(drawTree([failed])).toContain('ERROR order_not_saved')
  const typed = traceSpan({ spanId: '1', failed: true, attributes: { 'error.type': '500' } })
  expect(drawTree([typed])).toContain('ERROR 500')
  const orphan = traceSpan({ spanId: '1', parentSpanId: '9' })
  expect(drawTree([orphan])).toContain('(parent 9 is missing)')
  const bare = { ...traceSpan({ spanId: '1' }), attributes: {} }
  expect(drawTree([bare])).toContain('order_id=–  user_id=–')
})

test('draws nothing out of nothing', () => expect(drawTree([])).toBe(''))

test('writes durations in the unit a person would say', () => {
  expect([850_000n, 12_340_000n, 999_940_000n, 1_240_000_000n].map(formatDuration)).toEqual([
    '850 µs',
    '12.3 ms',
    '999.9 ms',
    '1.24 s',
  ])
})
