import { expect, test } from '@playwright/test'
import { startStore } from './support/store-client'

test('lets the oldest trace go when there are too many traces', async () => {
  const store = await startStore({ maxTraces: 2 })
  await store.keep({ id: '1', trace: 'a', name: 'first' })
  await store.keep({ id: '2', trace: 'b', name: 'second' })
  expect(store.kept()).toEqual(['internet-shop: second', 'internet-shop: first'])
  await store.keep({ id: '3', trace: 'c', name: 'third' })
  expect(store.kept()).toEqual(['internet-shop: third', 'internet-shop: second'])
  expect(store.memory.counts()).toEqual({ traces: 2, spans: 2, evictedTraces: 1 })
  await store.stop()
})

test('lets whole traces go, oldest first, when there are too many spans', async () => {
  const store = await startStore({ maxSpans: 3 })
  await store.keep({ id: '1', trace: 'a' }, { id: '2', trace: 'a' }, { id: '3', trace: 'b', name: 'stays' })
  await store.keep({ id: '4', trace: 'c', name: 'new' })
  expect(store.kept()).toEqual(['internet-shop: new', 'internet-shop: stays'])
  await store.stop()
})

test('says how many spans of one huge trace had no room', async () => {
  const store = await startStore({ maxSpans: 2 })
  const answer = await store.keep({ id: '1' }, { id: '2' }, { id: '3' })
  expect(answer).toEqual({ partialSuccess: { rejectedSpans: '1', errorMessage: expect.stringContaining('no room') } })
  expect(store.memory.counts().spans).toBe(2)
  await store.stop()
})

test('takes no room for a span that comes again', async () => {
  const store = await startStore({ maxSpans: 2, maxTraces: 1 })
  await store.keep({ id: '1' }, { id: '2' })
  expect(await store.keep({ id: '1' }, { id: '2' })).toEqual({})
  expect(store.memory.counts()).toEqual({ traces: 1, spans: 2, evictedTraces: 0 })
  await store.stop()
})

test('says once that it is full', async () => {
  let told = 0
  const store = await startStore({ maxTraces: 2, onFull: () => told++ })
  await store.keep({ id: '1', trace: 'a' }, { id: '2', trace: 'b' })
  expect(told).toBe(0)
  await store.keep({ id: '3', trace: 'c' }, { id: '4', trace: 'd' })
  expect(told).toBe(1)
  await store.stop()
})

test('keeps a span beside another of the same id, which a browser made up', async () => {
  const store = await startStore()
  await store.keep({ id: '1', name: 'POST /api/orders', service: 'shop-api' })
  await store.keep({ id: '1', name: 'order.submit' }, { id: '1', name: 'POST /api/orders' })
  await store.keep({ id: '1', name: 'POST /api/orders', service: 'shop-api', start: 1 })
  expect(store.kept()).toEqual([
    'shop-api: POST /api/orders',
    'internet-shop: order.submit',
    'internet-shop: POST /api/orders',
    'shop-api: POST /api/orders',
  ])
  await store.stop()
})
