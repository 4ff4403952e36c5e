import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { type Jaeger, startJaeger } from '../../demo/jaeger/start-jaeger'
import { findAnyPort } from '../../demo/launcher/ports'
import { createJaegerClient } from '../../src/jaeger/client'
import type { JaegerTrace } from '../../src/jaeger/jaeger-trace'
import type { TraceQuery } from '../../src/jaeger/trace-query'
import { BASE_MS, exportRequest, type SpanSpec, traceId } from './support/otlp-spans'
import { announceWithoutJaeger, jaegerFile } from './support/real-jaeger'
import { type StoreClient, startStore } from './support/store-client'

announceWithoutJaeger('whether the embedded store answers as a real Jaeger does')

const test = base.extend<object, { jaeger: Jaeger; store: StoreClient }>({
  jaeger: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'ordertrace-jaeger-'))
      const ports = { otlp: await findAnyPort(), query: await findAnyPort() }
      const jaeger = await startJaeger({ file: jaegerFile as string, folder, ports })
      await use(jaeger)
      await jaeger.stop()
      await rm(folder, { recursive: true })
    },
    { scope: 'worker' },
  ],
  store: [
    async ({ jaeger }, use) => {
      const store = await startStore()
      const body = JSON.stringify(exportRequest(...spans))
      for (const url of [store.url, jaeger.collectorUrl]) {
        const headers = { 'content-type': 'application/json' }
        expect((await fetch(`${url}/v1/traces`, { method: 'POST', body, headers })).status).toBe(200)
      }
      const client = createJaegerClient({ url: jaeger.queryUrl })
      await expect.poll(() => client.trace(traceId('d'))).toBeDefined()
      await use(store)
      await store.stop()
    },
    { scope: 'worker' },
  ],
})
test.skip(!jaegerFile, 'needs a Jaeger: npm run test:real')

// Near enough for a Jaeger to keep them.
const now = Date.now() - BASE_MS
const order = { order_id: 'o-1', user_id: 'u-1' }
const spans: SpanSpec[] = [
  { trace: 'a', id: '1', name: 'order.submit', start: now, duration: 900, attributes: { ...order, items: 2 } },
  {
    trace: 'a',
    id: '2',
    parent: '1',
    service: 'shop-api',
    kind: 2,
    name: 'POST',
    start: now,
    duration: 300,
    status: 2,
    attributes: order,
  },
  {
    trace: 'b',
    id: '3',
    name: 'order.approve',
    service: 'crm',
    start: now + 1000,
    link: 'a',
    attributes: { order_id: 'o-1', user_id: 'u-2' },
  },
  {
    trace: 'c',
    id: '4',
    name: 'page',
    start: now + 2000,
    duration: 20.000123,
    attributes: { user_id: 'u-1', ok: true },
  },
  { trace: 'd', id: '5', service: 'shop-api', name: 'GET', kind: 2, start: now + 3000, duration: 1500, status: 1 },
]

const time = { from: BASE_MS + now - 60_000, to: BASE_MS + now + 60_000 }
const QUERIES: [string, TraceQuery][] = [
  ['a service', { ...time, service: 'internet-shop' }],
  ['no such service', { ...time, service: 'internet' }],
  ['an operation', { ...time, service: 'shop-api', operation: 'GET' }],
  ['an order', { ...time, service: 'internet-shop', attributes: { order_id: 'o-1' } }],
  ['an order in another service', { ...time, service: 'crm', attributes: { order_id: 'o-1' } }],
  ['an order that is not there', { ...time, service: 'shop-api', attributes: { order_id: 'o-2' } }],
  ['two ids on one span', { ...time, service: 'crm', attributes: { order_id: 'o-1', user_id: 'u-2' } }],
  [
    'two ids that are on no span together',
    { ...time, service: 'crm', attributes: { order_id: 'o-1', user_id: 'u-1' } },
  ],
  ['at least so long', { ...time, service: 'shop-api', longerThan: 1000 }],
  ['at most so long', { ...time, service: 'internet-shop', shorterThan: 100 }],
  ['a time', { ...time, from: BASE_MS + now + 1500, service: 'internet-shop' }],
]

for (const [what, query] of QUERIES) {
  test(`the embedded store finds by ${what} what Jaeger finds`, async ({ jaeger, store }) => {
    const [found, expected] = await Promise.all(
      [store.url, jaeger.queryUrl].map(async (url) => (await createJaegerClient({ url }).findTraces(query)).traces),
    )
    expect(shape(found ?? [])).toEqual(shape(expected ?? []))
  })
}

test('one trace, and none, and what there is of services and operations', async ({ jaeger, store }) => {
  const [ours, theirs] = [store.url, jaeger.queryUrl].map((url) => createJaegerClient({ url }))
  for (const id of ['a', 'b', 'c', 'd', 'ff'].map(traceId)) {
    const [found, expected] = await Promise.all([ours?.trace(id), theirs?.trace(id)])
    expect(shape(found ? [found] : [])).toEqual(shape(expected ? [expected] : []))
  }
  expect(await ours?.services()).toEqual((await theirs?.services())?.sort())
  expect((await ours?.operations('shop-api'))?.sort()).toEqual((await theirs?.operations('shop-api'))?.sort())
})

const RAW = [
  `/api/v3/traces/${traceId('a')}`,
  `/api/v3/traces/${traceId('ff')}`,
  '/api/v3/traces/xyz',
  '/api/v3/traces',
  '/api/v3/services',
]
for (const path of RAW) {
  test(`answers ${path} with the status and the fields of Jaeger`, async ({ jaeger, store }) => {
    const [ours, theirs] = await Promise.all([store.url, jaeger.queryUrl].map((url) => fetch(url + path)))
    expect(ours?.status).toBe(theirs?.status)
    expect(fieldsOf(await ours?.json())).toEqual(fieldsOf(await theirs?.json()))
  })
}

/** Version 1 of the API, by which this Jaeger is searched for attributes, knows microseconds only, and puts the scope among them. */
const micros = (nanoseconds: bigint) => nanoseconds / 1000n

function shape(traces: readonly JaegerTrace[]) {
  return traces
    .map(({ traceId, spans }) => ({
      traceId,
      spans: spans
        .map(({ start, end, resource, parentSpanId, attributes, ...span }) => ({
          attributes: Object.fromEntries(
            Object.entries(attributes).filter(([name]) => !name.startsWith('otel.scope.')),
          ),
          ...span,
          parentSpanId,
          service: resource['service.name'],
          start: micros(start),
          took: micros(end - start),
        }))
        .sort((a, b) => a.spanId.localeCompare(b.spanId)),
    }))
    .sort((a, b) => a.traceId.localeCompare(b.traceId))
}

/** The names of all fields, each once, as paths. */
function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((entry) => fieldsOf(entry, `${path}[]`)))].sort()
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value)
    .flatMap(([name, inner]) => fieldsOf(inner, `${path}.${name}`))
    .sort()
}
