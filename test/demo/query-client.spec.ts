import { expect, test } from '@playwright/test'
import { findOrderSpans, pollSpans } from '../../demo/walk/query-client'
import { BASE_MS, type SpanSpec } from './support/otlp-spans'
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

test('gives nothing when there is none, and says so when the store does not answer', async () => {
  const store = await startStore()
  expect(await findOrderSpans(store.url, search)).toEqual([])
  await store.stop()
  await expect(findOrderSpans(store.url, search)).rejects.toThrow(`${store.url} does not answer`)
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
