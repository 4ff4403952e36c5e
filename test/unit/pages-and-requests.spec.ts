import { expect, test } from '@playwright/test'
import { findCauses } from '../../src/analyst/causes'
import type { Checkout } from '../../src/analyst/checkout'
import { sayCause, wordsIn } from '../../src/analyst/say'
import { summarise } from '../../src/analyst/summarise'
import { describeWaterfall } from '../../src/analyst/waterfall'
import type { JaegerTrace } from '../../src/jaeger/jaeger-trace'
import { makeDay } from '../support/order-store'
import { EPOCH_MS, makeCheckout, makeTrace, withClock } from '../support/traces'

const which = { service: 'internet-shop', step: 'submit' }
const read = (trace: JaegerTrace): Checkout => {
  const checkout = summarise(trace, which, EPOCH_MS + 3_600_000)
  if (!checkout) throw new Error('no checkout')
  return checkout
}

const day = makeDay().map(read)

test('an order over two pages is one, from the first to the last, and the way between them is the browser’s', () => {
  const shop = { service: 'internet-shop', name: 'order.submit' }
  const step = { 'order.step': 'submit' }
  const checkout = read(
    makeTrace([
      { ...shop, id: '1', from: 0, to: 100, attributes: { ...step, 'order.outcome': 'continued' } },
      { ...shop, id: '2', parent: '1', from: 400, to: 600, attributes: { ...step, 'order.outcome': 'confirmed' } },
      { ...shop, id: '3', parent: '2', name: 'POST', kind: 'client', from: 450, to: 590 },
    ]),
  )
  expect(checkout).toMatchObject({ ms: 600, outcome: 'confirmed' })
  expect(checkout.hops).toEqual({ 'browser:internet-shop': 460, 'untraced:internet-shop': 140 })
})

test('a clock is moved once, also where the later page is nested in the earlier one, and the picture has the whole path', () => {
  const shop = { service: 'internet-shop', name: 'order.submit' }
  const step = { 'order.step': 'submit' }
  const pages = (parent?: string) =>
    makeTrace([
      { ...shop, id: '1', from: 0, to: 100, attributes: { ...step, 'order.outcome': 'continued' } },
      {
        ...{ ...shop, id: '2', from: 400, to: 600, ...(parent && { parent }) },
        attributes: { ...step, 'order.outcome': 'confirmed' },
      },
      { ...shop, id: '3', parent: '2', name: 'POST', kind: 'client', from: 450, to: 590 },
      { id: '4', parent: '3', name: 'POST /api/orders', kind: 'server', from: 460, to: 580 },
    ])
  for (const parent of [undefined, '1'])
    for (const trace of [pages(parent), withClock(pages(parent), ['shop-api'], 3000)]) {
      expect(read(trace).hops).toEqual({
        'browser:internet-shop': 460,
        'network:internet-shop': 20,
        'api:shop-api': 120,
      })
      const rows = describeWaterfall(trace).rows
      const critical = rows.flatMap((row) => row.critical.map(([start, end]) => [row.spanId, start, end]))
      expect(critical).toEqual([
        ...[
          ['1', 0, 100],
          ['2', 400, 450],
          ['2', 590, 600],
          ['3', 450, 460],
          ['3', 580, 590],
          ['4', 460, 580],
        ],
      ])
    }
})

test('a request without a span of a server is neither the customer’s nor the network’s, but one that got no answer is', () => {
  const lost = makeCheckout({ database: 3000 })
  const spans = lost.spans.filter(({ service }) => service === 'internet-shop')
  const checkout = read({ ...lost, spans })
  expect(checkout.hops).toEqual({ 'browser:internet-shop': 10, 'untraced:internet-shop': 3090 })
  expect(findCauses([...day, checkout], 200)).toContainEqual({
    ...{ kind: 'slow', place: 'untraced:internet-shop', count: 1, extraMs: 3090, traceIds: [checkout.traceId] },
  })
  expect(sayCause({ kind: 'slow', place: 'untraced:shop.example' }, wordsIn('en'))).toBe(
    'slow: server not traced (shop.example)',
  )
  // What the server did is known, its own span is not.
  const partly = read({ ...lost, spans: lost.spans.filter(({ spanId }) => spanId !== 'server') })
  expect(partly.hops).toMatchObject({ 'untraced:internet-shop': 30, 'database:shop-db': 3020 })
  const offline = read({ ...lost, spans: makeCheckout({ outcome: 'failed', failed: 'files' }).spans.slice(0, 2) })
  expect([offline.failedHop, Object.keys(offline.hops)]).toEqual([
    'network:internet-shop',
    ['browser:internet-shop', 'network:internet-shop'],
  ])
})
