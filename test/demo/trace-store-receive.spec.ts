import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { exportRequest, spanId, traceId } from './support/otlp-spans'
import { type StoreClient, startStore } from './support/store-client'

let store: StoreClient

test.beforeEach(async () => {
  store = await startStore({ maxBodyBytes: 10_000 })
})
test.afterEach(() => store.stop())

const one = JSON.stringify(exportRequest({ id: '1', name: 'kept' }))

test('keeps spans sent as plain JSON and answers with an empty object', async () => {
  const response = await store.post(one)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('application/json')
  expect(await response.json()).toEqual({})
  expect(store.kept()).toEqual(['internet-shop: kept'])
})

test('keeps spans sent as gzip', async () => {
  const response = await store.post(gzipSync(one), { 'content-encoding': 'gzip' })
  expect(response.status).toBe(200)
  expect(store.kept()).toEqual(['internet-shop: kept'])
})

test('refuses protobuf with 415 and names JSON', async () => {
  expect((await store.post(one)).status).toBe(200)
  const response = await store.post(one, { 'content-type': 'application/x-protobuf' })
  expect(response.status).toBe(415)
  expect((await response.json()).message).toContain('application/json')
})

test('refuses a body over the limit with 413, and goes on serving', async () => {
  const response = await store.post('x'.repeat(200_000))
  expect(response.status).toBe(413)
  expect((await response.json()).message).toContain('10000 bytes')
  expect((await store.post(one)).status).toBe(200)
})

test('refuses a small gzip that unpacks to more than the limit', async () => {
  const bomb = gzipSync(Buffer.alloc(1_000_000, ' '))
  expect(bomb.length).toBeLessThan(10_000)
  const response = await store.post(bomb, { 'content-encoding': 'gzip' })
  expect(response.status).toBe(413)
})

const MALFORMED: [string, BodyInit, Record<string, string>, string][] = [
  ['JSON that is cut off', '{"resourceSpans":[', {}, 'not valid JSON'],
  ['JSON that is no object', '[]', {}, 'resourceSpans'],
  ['resourceSpans that is no list', '{"resourceSpans":{}}', {}, 'must be an array'],
  ['gzip that is none', 'plain', { 'content-encoding': 'gzip' }, 'not valid gzip'],
]
for (const [what, body, headers, message] of MALFORMED) {
  test(`refuses ${what} with a clear 400`, async () => {
    const response = await store.post(body, headers)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ code: 3, message: expect.stringContaining(message) })
    expect(store.kept()).toEqual([])
  })
}

test('keeps the good spans of a batch and counts the bad ones in partialSuccess', async () => {
  const batch = exportRequest(
    { id: '1', name: 'kept' },
    { id: 'xyz' },
    { id: '2', trace: '0' },
    { id: '3', parent: '-' },
  )
  const response = await store.post(JSON.stringify(batch))
  expect(response.status).toBe(200)
  const { partialSuccess } = await response.json()
  expect(partialSuccess.rejectedSpans).toBe('3')
  expect(partialSuccess.errorMessage).toContain('spanId must be 16 hex digits')
  expect(partialSuccess.errorMessage).toContain('traceId must be 32 hex digits')
  expect(partialSuccess.errorMessage).toContain('parentSpanId must be 16 hex digits')
  expect(store.kept()).toEqual(['internet-shop: kept'])
})

test('takes a span with ids and nothing else', async () => {
  const bare = { resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: traceId('A'), spanId: spanId('B') }] }] }] }
  expect(await (await store.post(JSON.stringify(bare))).json()).toEqual({})
  expect(store.memory.trace(traceId('a'))[0]?.span).toMatchObject({ spanId: spanId('b'), name: '', attributes: [] })
})

test('takes an empty request, which senders use as a probe', async () => {
  expect(await (await store.post('{}')).json()).toEqual({})
})

test('keeps one span when the same one comes twice, the later word of it', async () => {
  await store.keep({ id: '1', name: 'early' }, { id: '2', name: 'other' })
  await store.keep({ id: '1', name: 'late' })
  expect(store.kept().sort()).toEqual(['internet-shop: late', 'internet-shop: other'])
})

test('answers other methods with 405 and says which it takes', async () => {
  const read = await store.get('/v1/traces')
  expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST'])
  const write = await fetch(`${store.url}/api/v3/services`, { method: 'DELETE' })
  expect([write.status, write.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})
