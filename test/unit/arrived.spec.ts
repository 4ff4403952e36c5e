import { expect, test } from '@playwright/test'
import type { Delivery } from '../../src/collector'
import { readDelivery } from '../../src/traces/read-delivery'
import { exportRequest, type SpanSpec } from '../demo/support/otlp-spans'
import { arrived } from '../support/arrived'

const order: SpanSpec = { id: '1', name: 'order.submit', attributes: { 'order.step': 'submit', order_id: 'o-1' } }
const post: SpanSpec = { id: '2', parent: '1', name: 'POST', attributes: { order_id: 'o-1' } }
const load: SpanSpec = { id: '3', trace: 'b', name: 'documentLoad' }

/** Each list of spans is a request. */
const deliver = (...requests: SpanSpec[][]): Promise<Delivery[]> =>
  Promise.all(
    requests.map((specs) =>
      readDelivery({
        url: 'http://127.0.0.1/v1/traces',
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(exportRequest(...specs))),
      }),
    ),
  )

test('an order that is repeated as the very same spans has arrived once', async () => {
  const deliveries = await deliver([order, post, load], [order, post])
  expect(arrived(deliveries).map(({ name }) => name)).toEqual(['order.submit', 'POST', 'documentLoad'])
})

test('what was refused has not come, and comes again as it likes', async () => {
  const [first, second] = (await deliver([load], [{ ...load, start: 1 }])) as [Delivery, Delivery]
  expect(arrived([{ ...first, refused: true }, second])).toEqual(second.spans)
})

const OTHERWISE: Record<string, [SpanSpec[][], RegExp]> = {
  'ended later': [[[order], [{ ...order, duration: 11 }]], /as another/],
  'began later': [[[order], [{ ...order, start: 1, duration: 9 }]], /as another/],
  'has another attribute': [
    [[order], [{ ...order, attributes: { ...order.attributes, order_id: 'o-2' } }]],
    /as another/,
  ],
  'has one attribute more': [
    [[order], [{ ...order, attributes: { ...order.attributes, user_id: 'u-1' } }]],
    /as another/,
  ],
  'has another parent': [[[order, post], [{ ...post, parent: '3' }]], /POST .* as another/],
  'has another name': [[[order], [{ ...order, name: 'order.confirm' }]], /as another/],
  'is of another service': [[[order], [{ ...order, service: 'crm' }]], /as another/],
  'is of no order': [[[order, load], [load]], /documentLoad .* of no order/],
  'is in the same request': [[[order, order]], /in the same request/],
  'comes a third time': [[[order], [order], [order]], /more than once/],
}
for (const [how, [requests, message]] of Object.entries(OTHERWISE)) {
  test(`a span that comes again and ${how} is told`, async () => {
    const deliveries = await deliver(...requests)
    expect(() => arrived(deliveries)).toThrow(message)
  })
}
