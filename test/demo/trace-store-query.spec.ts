import { expect, test } from '@playwright/test'
import { BASE_MS, traceId } from './support/otlp-spans'
import { type StoreClient, startStore, WHOLE_DAY } from './support/store-client'

let store: StoreClient

test.beforeAll(async () => {
  store = await startStore()
  await store.keep(
    {
      trace: 'a',
      id: '1',
      name: 'order.submit',
      duration: 900,
      attributes: { order_id: 'o-1', user_id: 'u-1', items: 2 },
    },
    { trace: 'a', id: '2', parent: '1', service: 'shop-api', name: 'POST', kind: 2, duration: 300, status: 2 },
    {
      trace: 'b',
      id: '3',
      name: 'page',
      start: 60_000,
      duration: 20,
      attributes: { user_id: 'u-1', items: 2, ok: true },
    },
    { trace: 'c', id: '4', service: 'shop-api', name: 'GET', kind: 2, start: 120_000, duration: 1500, status: 1 },
  )
})
test.afterAll(() => store.stop())

const A = ['POST', 'order.submit']
const at = (milliseconds: number) => new Date(BASE_MS + milliseconds).toISOString()

/** Each search with the names of all spans in the traces that it finds. */
const SEARCHES: [string, Record<string, string>, string[]][] = [
  ['everything in the time', {}, [...A, 'GET', 'page'].sort()],
  ['a service', { 'query.serviceName': 'internet-shop' }, [...A, 'page']],
  ['a service, snake_case', { 'query.service_name': 'internet-shop' }, [...A, 'page']],
  ['no such service', { 'query.serviceName': 'internet' }, []],
  ['an operation', { 'query.operationName': 'page' }, ['page']],
  ['an operation, snake_case', { 'query.operation_name': 'page' }, ['page']],
  ['an attribute', { 'query.attributes': '{"order_id":"o-1"}' }, A],
  ['attributes of a number and a boolean', { 'query.attributes': '{"items":"2","ok":"true"}' }, ['page']],
  ['an attribute of another value', { 'query.attributes': '{"order_id":"o-2"}' }, []],
  ['an attribute of the resource', { 'query.attributes': '{"service.name":"shop-api"}' }, ['GET', ...A].sort()],
  [
    'an attribute of the resource by its prefix',
    { 'query.attributes': '{"resource.service.name":"shop-api"}' },
    ['GET', ...A],
  ],
  ['errors', { 'query.attributes': '{"error":"true"}' }, A],
  ['a span status', { 'query.attributes': '{"span.status":"ok"}' }, ['GET']],
  ['a span kind', { 'query.attributes': '{"span.kind":"server"}' }, ['GET', ...A]],
  ['a scope', { 'query.attributes': '{"scope.name":"test","scope.version":"1.0","items":"2"}' }, [...A, 'page']],
  ['at least so long', { 'query.durationMin': '1s' }, ['GET']],
  ['at least so long, snake_case', { 'query.duration_min': '800ms' }, ['GET', ...A]],
  ['at most so long', { 'query.durationMax': '0.02s' }, ['page']],
  ['between two durations', { 'query.durationMin': '200ms', 'query.durationMax': '1m' }, ['GET', ...A]],
  ['from a time', { 'query.startTimeMin': at(60_000) }, ['GET', 'page']],
  ['until a time', { 'query.startTimeMax': at(59_999) }, A],
  ['one trace at most, the newest', { 'query.searchDepth': '1' }, ['GET']],
  ['one trace at most, by the old name', { 'query.num_traces': '1' }, ['GET']],
]
for (const [what, query, names] of SEARCHES) {
  test(`finds ${what}`, async () => {
    expect(await store.search(query)).toEqual([...names].sort())
  })
}

test('finds a trace only when one of its spans satisfies every filter', async () => {
  expect(await store.search({ 'query.serviceName': 'shop-api', 'query.operationName': 'POST' })).toEqual(A)
  // The trace has both, yet on two spans.
  expect(await store.search({ 'query.serviceName': 'shop-api', 'query.operationName': 'order.submit' })).toEqual([])
  expect(await store.search({ 'query.durationMin': '800ms', 'query.attributes': '{"error":"true"}' })).toEqual([])
})

const REFUSED: [Record<string, string>, string][] = [
  [{ 'query.startTimeMin': '' }, 'query.startTimeMin and query.startTimeMax are required'],
  [{ 'query.startTimeMax': '' }, 'query.startTimeMin and query.startTimeMax are required'],
  [{ 'query.startTimeMin': 'yesterday' }, 'malformed parameter query.startTimeMin'],
  [{ 'query.durationMin': '5 sec' }, 'malformed parameter query.durationMin: time: invalid duration "5 sec"'],
  [{ 'query.duration_max': '10' }, 'malformed parameter query.duration_max'],
  [{ 'query.attributes': 'order_id=o-1' }, 'malformed parameter query.attributes'],
  [{ 'query.attributes': '{"items":2}' }, 'malformed parameter query.attributes'],
  [{ 'query.searchDepth': '-1' }, 'malformed parameter query.searchDepth'],
  [{ 'query.filter': '{"op":"eq"}' }, 'query.filter is not supported'],
]
for (const [query, message] of REFUSED) {
  test(`refuses ${JSON.stringify(query)} in the shape of Jaeger`, async () => {
    const response = await store.get(`/api/v3/traces?${new URLSearchParams({ ...WHOLE_DAY, ...query })}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: { httpCode: 400, message: expect.stringContaining(message) } })
  })
}

test('says 404 in the shape of Jaeger when nothing is found', async () => {
  const response = await store.get(
    `/api/v3/traces?${new URLSearchParams({ ...WHOLE_DAY, 'query.serviceName': 'none' })}`,
  )
  expect(response.status).toBe(404)
  expect(await response.json()).toEqual({ error: { httpCode: 404, message: 'No traces found' } })
})

test('gives spans back in the form of OTLP, nanoseconds as strings', async () => {
  const response = await store.get(`/api/v3/traces/${traceId('b')}`)
  const start = BigInt(BASE_MS + 60_000) * 1_000_000n
  expect(await response.json()).toEqual({
    result: {
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'internet-shop' } }] },
          scopeSpans: [
            {
              scope: { name: 'test', version: '1.0' },
              spans: [
                {
                  traceId: traceId('b'),
                  spanId: '0000000000000003',
                  name: 'page',
                  kind: 1,
                  startTimeUnixNano: String(start),
                  endTimeUnixNano: String(start + 20_000_000n),
                  attributes: [
                    { key: 'user_id', value: { stringValue: 'u-1' } },
                    { key: 'items', value: { intValue: '2' } },
                    { key: 'ok', value: { boolValue: true } },
                  ],
                  status: {},
                },
              ],
            },
          ],
        },
      ],
    },
  })
})

test('gives a trace by its id, leading zeros or not, and in upper case', async () => {
  for (const id of [traceId('a'), 'a', 'A']) {
    const response = await store.get(`/api/v3/traces/${id}`)
    expect([id, response.status]).toEqual([id, 200])
  }
})

const BY_ID: [string, number, string][] = [
  [traceId('ff'), 404, 'No traces found'],
  ['xyz', 400, 'malformed parameter trace_id'],
  ['a?startTime=now', 400, 'malformed parameter startTime'],
  [`a?startTime=${at(60_000)}`, 404, 'No traces found'],
]
for (const [path, status, message] of BY_ID) {
  test(`answers ${status} for the trace ${path}`, async () => {
    const response = await store.get(`/api/v3/traces/${path}`)
    expect(response.status).toBe(status)
    expect((await response.json()).error).toEqual({ httpCode: status, message: expect.stringContaining(message) })
  })
}

test('lists services and operations', async () => {
  expect(await (await store.get('/api/v3/services')).json()).toEqual({ services: ['internet-shop', 'shop-api'] })
  const operations = async (query: string) => (await store.get(`/api/v3/operations?${query}`)).json()
  const server = [
    { name: 'GET', spanKind: 'server' },
    { name: 'POST', spanKind: 'server' },
  ]
  expect(await operations('service=shop-api')).toEqual({ operations: server })
  expect(await operations('service=shop-api&spanKind=server')).toEqual({ operations: server })
  expect(await operations('service=shop-api&span_kind=client')).toEqual({ operations: [] })
  expect(await operations('service=none')).toEqual({ operations: [] })
})

test('tells its health, and 404 for what is not there', async () => {
  expect(await (await store.get('/health')).json()).toMatchObject({ status: 'ok', traces: 3, spans: 4 })
  for (const path of ['/nope', '/api/v3/nope', '/../package.json', '/package.json', '//evil.example/']) {
    expect([path, (await store.get(path)).status]).toEqual([path, 404])
  }
})
