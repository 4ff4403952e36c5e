import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { findOrderSpans, pollSpans } from '../../demo/walk/query-client'
import { BASE_MS, exportRequest, type SpanSpec } from './support/otlp-spans'
import { startStore } from './support/store-client'

const search = { service: 'internet-shop', orderId: 'o-1' }
const ofOrder = (spec: SpanSpec): SpanSpec => ({
  attributes: { order_id: 'o-1' },
  start: Date.now() - BASE_MS,
  ...spec,
})

test('finds all spans of the traces in which the service made a span of the order', async () => {
  const store = await startStore()
  await store.keep(
    ofOrder({ id: '1' }),
    { id: '2', parent: '1', service: 'shop-api' },
    ofOrder({ id: '3', trace: 'b', service: 'crm' }),
  )
  const spans = await findOrderSpans(`${store.url}/`, search)
  expect(spans.map((span) => Number(span.spanId)).sort()).toEqual([1, 2])
  await store.stop()
})

test('leaves out traces of other orders from a server that does not heed the attributes', async () => {
  const all = exportRequest(ofOrder({ id: '1' }), ofOrder({ id: '2', trace: 'b', attributes: { order_id: 'o-2' } }))
  const server = createServer((request, response) => {
    expect(request.url).toMatch(/^\/jaeger\/api\/v3\/traces\?/)
    response.end(JSON.stringify({ result: all }))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const spans = await findOrderSpans(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jaeger/`, search)
  expect(spans.map((span) => span.attributes.order_id)).toEqual(['o-1'])
  server.closeAllConnections()
  server.close()
})

test('gives nothing on 404 and throws what any other error says', async () => {
  const store = await startStore()
  expect(await findOrderSpans(store.url, search)).toEqual([])
  await expect(findOrderSpans(`${store.url}/elsewhere`, search)).resolves.toEqual([])
  await expect(findOrderSpans(`${store.url}/v1/traces?`, search)).rejects.toThrow(/answered 405/)
  await store.stop()
})

test('polls until there is enough, or gives what it saw last', async () => {
  let asked = 0
  const find = async () => {
    asked += 1
    return []
  }
  await pollSpans(find, { enough: () => asked === 3, deadlineMs: 10_000 })
  expect(asked).toBe(3)
  expect(await pollSpans(find, { enough: () => false, deadlineMs: 0 })).toEqual([])
  expect(asked).toBe(4)
})
