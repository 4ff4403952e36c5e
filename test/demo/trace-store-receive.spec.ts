import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { toProtobuf } from './support/otlp-protobuf'
import { exportRequest, spanId, traceId } from './support/otlp-spans'
import { sendAsIs } from './support/raw-request'
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

const sent = { traceId: traceId('a'), spanId: spanId('1'), name: 'kept', kind: 2, start: 1n, end: 2n }

test('keeps spans sent as protobuf and answers in protobuf', async () => {
  const response = await store.post(toProtobuf(sent), { 'content-type': 'application/x-protobuf' })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-protobuf'])
  expect((await response.arrayBuffer()).byteLength).toBe(0)
  expect(store.memory.trace(traceId('a'))[0]?.span).toMatchObject({ name: 'kept', kind: 2, startTimeUnixNano: '1' })
})

test('says in protobuf what it did not keep of it, and that it cannot read it', async () => {
  const headers = { 'content-type': 'application/x-protobuf' }
  const partly = await store.post(toProtobuf(sent, { ...sent, traceId: traceId('0') }), headers)
  expect(partly.status).toBe(200)
  expect(Buffer.from(await partly.arrayBuffer()).toString()).toContain('traceId must be 32 hex digits')
  const broken = await store.post(Buffer.from([0x0a, 0xff]), headers)
  expect([broken.status, broken.headers.get('content-type')]).toEqual([400, 'application/x-protobuf'])
  expect(store.kept()).toEqual([': kept'])
  const status = Buffer.from(await broken.arrayBuffer())
  // A google.rpc.Status: code 3, then the message.
  expect([...status.subarray(0, 2)]).toEqual([0x08, 3])
  expect(status.toString()).toContain('not an OTLP trace request')
})

test('refuses another content type with 415 and names those that it reads', async () => {
  expect((await store.post(one)).status).toBe(200)
  const response = await store.post(one, { 'content-type': 'application/xml' })
  expect(response.status).toBe(415)
  expect((await response.json()).message).toContain('application/json or application/x-protobuf')
})

test('takes nothing of a page of another site that is open on this machine, and shows it nothing', async ({ page }) => {
  for (const type of ['text/plain', 'text/plain;charset=UTF-8', '']) {
    expect((await store.post(one, { 'content-type': type })).status, type).toBe(415)
  }
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
    expect((await store.post(one, headers as Record<string, string>)).status).toBe(403)
  }
  // A name of theirs that leads to 127.0.0.1.
  for (const host of ['evil.example', `evil.example:${new URL(store.url).port}`, '127.0.0.1.evil.example']) {
    expect((await sendAsIs(store.url, '/api/v3/services', { host })).status, host).not.toBe(200)
  }
  // And in a browser: the page of another site, with what it may send unasked.
  await page.route('https://evil.example/', (route) => route.fulfill({ contentType: 'text/html', body: 'evil' }))
  await page.goto('https://evil.example/')
  await page.evaluate(
    ([url = '', body = '']) => fetch(url, { method: 'POST', body, mode: 'no-cors' }).catch(() => undefined),
    [`${store.url}/v1/traces`, one],
  )
  expect(store.kept()).toEqual([])
  expect((await store.post(one)).status).toBe(200)
  expect((await sendAsIs(store.url, '/api/v3/services', { host: `localhost:${new URL(store.url).port}` })).status).toBe(
    200,
  )
  expect(store.kept()).toEqual(['internet-shop: kept'])
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
  await store.keep({ id: '1', attributes: { order_id: 'early' } }, { id: '2', name: 'other' })
  await store.keep({ id: '1', attributes: { order_id: 'late' } })
  expect(store.memory.counts().spans).toBe(2)
  const [again] = store.memory.trace(traceId('a')).filter(({ span }) => span.spanId === spanId('1'))
  expect(again?.span.attributes).toContainEqual({ key: 'order_id', value: { stringValue: 'late' } })
})

test('answers other methods with 405 and says which it takes', async () => {
  const read = await store.get('/v1/traces')
  expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST'])
  const write = await fetch(`${store.url}/api/v3/services`, { method: 'DELETE' })
  expect([write.status, write.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})
