import { expect, test } from '../support/traces-test'

test('an order is one trace from the click to the header that the API received', async ({ traced, site, traces }) => {
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

  await expect(traces).toHaveOrder('o-42', {
    step: 'submit',
    outcome: 'confirmed',
    userId: 'u-7',
    service: 'internet-shop',
  })
  await expect(traces.request('POST', '/api/orders')).toCarryTraceparent({ of: traces.order('o-42') })
  await expect(traces.request('GET', '/api/orders/after')).toCarryTraceparent({ of: traces.order('o-42') })
  await expect(traces.order('o-42')).toBeUnbroken()

  const [order] = traces.spans({ name: 'order.submit', kind: 'internal', status: 'unset', parentSpanId: undefined })
  const requests = traces.order('o-42').spans({ kind: 'client', userId: 'u-7' })
  expect(requests.map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([
    ['POST', order?.spanId],
    ['GET', order?.spanId],
  ])
  const received = site.requests.all.filter(({ path }) => path.startsWith('/api/'))
  expect(received.map(({ headers }) => headers.traceparent)).toEqual(
    requests.map(({ spanId }) => `00-${order?.traceId}-${spanId}-01`),
  )
})
