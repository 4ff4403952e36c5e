import { expect, isOrder, spanIdOf, test } from '../support/test'

test('an order is one trace from the click to the header that the API received', async ({ traced, site }) => {
  const page = await traced({ userId: 'u-7' })
  const result = await page.evaluate(() =>
    window.tracing.order('submit', async (order) => {
      const response = await fetch('/api/orders', { method: 'POST', body: '{}' })
      const created = await response.json()
      order.setId(created.id)
      await fetch('/api/orders/after')
      return created
    }),
  )
  expect(result).toEqual({ id: 'o-42' })

  const order = await site.spans.find(isOrder('submit'), 'the span of the order')
  const requests = site.spans.all.filter(({ traceId, kind }) => traceId === order.traceId && kind === 3)
  expect(order).toMatchObject({ service: 'internet-shop', parentSpanId: undefined, kind: 1, status: { code: 0 } })
  expect(order.attributes).toMatchObject({ 'order.step': 'submit', 'order.outcome': 'confirmed' })
  expect(requests.map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([
    ['POST', order.spanId],
    ['GET', order.spanId],
  ])
  for (const span of [order, ...requests]) expect(span.attributes).toMatchObject({ order_id: 'o-42', user_id: 'u-7' })

  const received = site.requests.all.filter(({ path }) => path.startsWith('/api/'))
  expect(received.map(({ headers }) => headers.traceparent)).toEqual(
    requests.map(({ spanId }) => `00-${order.traceId}-${spanId}-01`),
  )
  expect(received.map(({ headers }) => spanIdOf(headers.traceparent))).toEqual(requests.map(({ spanId }) => spanId))
})
