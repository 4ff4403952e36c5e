import { EventEmitter, once } from 'node:events'
import { expect, test } from '@playwright/test'
import { createJaegerClient } from '../../src/jaeger/client'
import { JaegerError } from '../../src/jaeger/jaeger-error'
import { type AnsweringServer, answerJson, startAnswering } from '../support/answering-server'

const trace = '5b8efff798038103d269b633813fc60c'
const client = 'eee19b7ec3c1b174'
const server = 'eee19b7ec3c1b173'
const query = { service: 'internet-shop', from: Date.UTC(2026, 2, 2), to: Date.UTC(2026, 2, 3) }

/** As Jaeger's version 3 writes it. */
const version3Answer = {
  result: {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'internet-shop' } }] },
        scopeSpans: [
          {
            scope: { name: 'ordertrace' },
            spans: [
              {
                traceId: trace,
                spanId: client,
                parentSpanId: '',
                name: 'order.submit',
                kind: 1,
                startTimeUnixNano: '1772409600123456789',
                endTimeUnixNano: '1772409600999999999',
                attributes: [
                  { key: 'order_id', value: { stringValue: 'o-42' } },
                  { key: 'pieces', value: { intValue: '2' } },
                  { key: 'express', value: { boolValue: true } },
                  { key: 'price', value: { doubleValue: 9.5 } },
                  { key: 'tags', value: { arrayValue: { values: [{ stringValue: 'a' }] } } },
                ],
                status: { code: 2, message: 'declined' },
                events: [{ name: 'message parked', timeUnixNano: '1772409600500000001', attributes: [] }],
                links: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }],
              },
            ],
          },
        ],
      },
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop-api' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: trace,
                spanId: server,
                parentSpanId: client,
                name: 'POST /api/orders',
                kind: 'SPAN_KIND_SERVER',
                startTimeUnixNano: '1772409600200000000',
                endTimeUnixNano: '1772409600900000000',
                status: {},
              },
            ],
          },
        ],
      },
    ],
  },
}

/** As Jaeger's version 1 writes the same trace. */
const version1Answer = {
  data: [
    {
      traceID: trace,
      spans: [
        {
          traceID: trace,
          spanID: client,
          operationName: 'order.submit',
          references: [{ refType: 'FOLLOWS_FROM', traceID: 'a'.repeat(32), spanID: 'b'.repeat(16) }],
          startTime: 1772409600123456,
          duration: 876543,
          tags: [
            { key: 'order_id', type: 'string', value: 'o-42' },
            { key: 'pieces', type: 'int64', value: 2 },
            { key: 'span.kind', type: 'string', value: 'internal' },
            { key: 'otel.status_code', type: 'string', value: 'ERROR' },
            { key: 'error', type: 'bool', value: true },
            { key: 'otel.status_description', type: 'string', value: 'declined' },
          ],
          logs: [{ timestamp: 1772409600500000, fields: [{ key: 'event', type: 'string', value: 'message parked' }] }],
          processID: 'p1',
          warnings: null,
        },
        {
          traceID: trace,
          spanID: server,
          operationName: 'POST /api/orders',
          references: [{ refType: 'CHILD_OF', traceID: trace, spanID: client }],
          startTime: 1772409600200000,
          duration: 700000,
          tags: [{ key: 'span.kind', type: 'string', value: 'server' }],
          logs: [],
          processID: 'p2',
          warnings: null,
        },
      ],
      processes: { p1: { serviceName: 'internet-shop', tags: [] }, p2: { serviceName: 'shop-api', tags: [] } },
      warnings: null,
    },
  ],
  total: 0,
  limit: 0,
  offset: 0,
  errors: null,
}

let jaeger: AnsweringServer | undefined
test.afterEach(async () => {
  await jaeger?.stop()
  jaeger = undefined
})

const start = async (answer: Parameters<typeof startAnswering>[0]) => {
  jaeger = await startAnswering(answer)
  return jaeger
}
const problemOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => (error instanceof JaegerError ? [error.problem, error.message] : error),
  )

test('reads version 3: spans by trace, nanoseconds exact, attributes with their types', async () => {
  const { url, asked } = await start((_url, response) => answerJson(response, 200, version3Answer))
  const jaegerClient = createJaegerClient({ url: `${url}/` })
  const { traces, complete } = await jaegerClient.findTraces({
    ...query,
    operation: 'order.submit',
    attributes: { order_id: 'o-42' },
    longerThan: 0.5,
    shorterThan: 2000,
    depth: 7,
  })
  const parameters = Object.fromEntries(new URL(asked[0] ?? '', url).searchParams)
  expect(parameters).toMatchObject({ 'query.num_traces': '7', 'query.start_time_min': '2026-03-02T00:00:00.000Z' })
  expect(parameters).toMatchObject({
    'query.serviceName': 'internet-shop',
    'query.operationName': 'order.submit',
    'query.attributes': '{"order_id":"o-42"}',
    'query.startTimeMin': '2026-03-02T00:00:00.000Z',
    'query.startTimeMax': '2026-03-03T00:00:00.000Z',
    'query.durationMin': '500000ns',
    'query.durationMax': '2000000000ns',
    'query.searchDepth': '7',
  })
  expect([jaegerClient.version(), complete, traces.length]).toEqual([3, true, 1])
  expect(traces[0]?.spans[0]).toEqual({
    traceId: trace,
    spanId: client,
    service: 'internet-shop',
    name: 'order.submit',
    kind: 'internal',
    start: 1772409600123456789n,
    end: 1772409600999999999n,
    status: 'error',
    statusMessage: 'declined',
    attributes: { order_id: 'o-42', pieces: 2, express: true, price: 9.5, tags: ['a'] },
    resource: { 'service.name': 'internet-shop' },
    events: [{ name: 'message parked', time: 1772409600500000001n, attributes: {} }],
    links: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }],
  })
  expect(traces[0]?.spans[1]).toMatchObject({ parentSpanId: client, kind: 'server', service: 'shop-api' })
})

test('falls back to version 1 where there is no 3, whatever is answered at its address, and stays with it', async () => {
  for (const [status, type, body] of [
    [404, 'text/plain', '404 page not found'],
    [200, 'text/html', '<!doctype html><title>Jaeger UI</title>'],
  ] as const) {
    const { url, asked } = await start(({ pathname }, response) => {
      if (pathname.startsWith('/jaeger/api/traces')) answerJson(response, 200, version1Answer)
      else response.writeHead(status, { 'content-type': type }).end(body)
    })
    const jaegerClient = createJaegerClient({ url: `${url}/jaeger` })
    const { traces } = await jaegerClient.findTraces({ ...query, attributes: { order_id: 'o-42' }, longerThan: 1 })
    const again = await jaegerClient.trace(trace)
    expect(asked.map((path) => path.split('?')[0])).toEqual([
      '/jaeger/api/v3/traces',
      '/jaeger/api/traces',
      `/jaeger/api/traces/${trace}`,
    ])
    expect(Object.fromEntries(new URL(asked[1] ?? '', url).searchParams)).toEqual({
      service: 'internet-shop',
      start: '1772409600000000',
      end: '1772496000000000',
      tags: '{"order_id":"o-42"}',
      minDuration: '1000000ns',
      limit: '200',
    })
    expect(jaegerClient.version()).toBe(1)
    expect(again).toEqual(traces[0])
    expect(again?.spans).toMatchObject([
      {
        spanId: client,
        service: 'internet-shop',
        start: 1772409600123456000n,
        end: 1772409600999999000n,
        status: 'error',
        statusMessage: 'declined',
        attributes: { order_id: 'o-42', pieces: 2 },
        events: [{ name: 'message parked', time: 1772409600500000000n }],
        links: [{ traceId: 'a'.repeat(32) }],
      },
      { spanId: server, parentSpanId: client, kind: 'server', service: 'shop-api' },
    ])
    await jaeger?.stop()
  }
})

test('asks version 1 where version 3 heeds no attributes, as before Jaeger 2.14', async () => {
  const other = structuredClone(version1Answer)
  for (const span of other.data[0]?.spans ?? []) span.tags = []
  const { url, asked } = await start(({ pathname, searchParams }, response) => {
    if (pathname === '/api/traces') answerJson(response, 200, searchParams.has('tags') ? version1Answer : other)
    else answerJson(response, 200, version3Answer)
  })
  const jaegerClient = createJaegerClient({ url })
  const search = (id: string) => jaegerClient.findTraces({ ...query, attributes: { order_id: id } })
  expect((await search('o-42')).traces).toHaveLength(1)
  expect(asked).toHaveLength(1)
  expect((await search('o-43')).traces).toEqual([])
  expect(asked.map((path) => path.split('?')[0])).toEqual(['/api/v3/traces', '/api/v3/traces', '/api/traces'])
  expect(jaegerClient.version()).toBe(3)
  // Known once, version 3 is not asked for attributes again, and for everything else it is.
  expect((await search('o-42')).traces).toHaveLength(1)
  await jaegerClient.findTraces(query)
  expect(asked.slice(3).map((path) => path.split('?')[0])).toEqual(['/api/traces', '/api/v3/traces'])
})

test('a gateway that fails once decides nothing about the version', async () => {
  let isUp = false
  const { url } = await start(({ pathname }, response) => {
    if (!isUp) response.writeHead(502).end('Bad gateway')
    else if (pathname === '/api/services') answerJson(response, 200, { data: ['crm'] })
    else response.writeHead(404).end('404 page not found')
  })
  const jaegerClient = createJaegerClient({ url })
  expect(await problemOf(jaegerClient.services())).toEqual(['broken', expect.stringContaining('502')])
  expect(jaegerClient.version()).toBeUndefined()
  isUp = true
  expect([await jaegerClient.services(), jaegerClient.version()]).toEqual([['crm'], 1])
})

test('what is not there is nothing, and no error', async () => {
  const { url } = await start((_url, response) =>
    answerJson(response, 404, { error: { httpCode: 404, message: 'No traces found' } }),
  )
  const jaegerClient = createJaegerClient({ url })
  expect(await jaegerClient.findTraces(query)).toEqual({ traces: [], complete: true })
  expect(await jaegerClient.trace('ab')).toBeUndefined()
  expect(await jaegerClient.services()).toEqual([])
})

test('says so when there are as many traces as were asked for', async () => {
  const { url } = await start((_url, response) => answerJson(response, 200, version3Answer))
  expect(await createJaegerClient({ url }).findTraces({ ...query, depth: 1 })).toMatchObject({ complete: false })
})

for (const [what, status, body, problem, message] of [
  ['a question that it refuses', 400, { error: { httpCode: 400, message: 'bad time' } }, 'refused', 'bad time'],
  ['a storage that is down', 500, { error: { httpCode: 500, message: 'no storage' } }, 'broken', 'no storage'],
  ['a gateway before it', 502, 'Bad gateway', 'broken', '502'],
  ['a gate that wants a login', 401, { error: { message: 'log in first' } }, 'login', 'log in first'],
  ['a gate that refuses the role', 403, { error: { message: 'no role' } }, 'permission', 'no role'],
  ['a server that is no Jaeger', 200, '<html>', 'not-jaeger', 'neither version 3 nor 1'],
] as const) {
  test(`names the problem with ${what}`, async () => {
    const { url } = await start((_url, response) =>
      typeof body === 'string' ? void response.writeHead(status).end(body) : answerJson(response, status, body),
    )
    const found = await problemOf(createJaegerClient({ url }).services())
    expect(found).toEqual([problem, expect.stringContaining(message)])
  })
}

test('names the problem with an address that is none, a server that is gone, and one that is silent', async () => {
  const thrown = (url: string) => problemOf(Promise.resolve().then(() => createJaegerClient({ url })))
  expect(await thrown('jaeger')).toEqual(['address', expect.stringContaining('http://localhost:16686')])
  expect(await thrown('ftp://jaeger')).toEqual(['address', expect.stringContaining('http')])
  const { url, stop } = await start(() => undefined)
  const silent = createJaegerClient({ url, timeoutMs: 50 })
  expect(await problemOf(silent.services())).toEqual(['timeout', expect.stringContaining('within 0.05 s')])
  await stop()
  expect(await problemOf(silent.services())).toEqual(['unreachable', expect.stringContaining('ECONNREFUSED')])
})

test('can be cancelled in the middle, and then Jaeger need not go on', async () => {
  const server = new EventEmitter()
  const [asked, closed] = [once(server, 'asked'), once(server, 'closed')]
  const { url } = await start((_url, _response, request) => {
    server.emit('asked')
    request.socket.once('close', () => server.emit('closed'))
  })
  const controller = new AbortController()
  const question = createJaegerClient({ url }).findTraces(query, controller)
  question.catch(() => undefined)
  await asked
  controller.abort(new Error('enough'))
  await expect(question).rejects.toThrow('enough')
  await closed
})

test('sends the headers that it was given', async () => {
  let seen: string | undefined
  const { url } = await start((_url, response, request) => {
    seen = request.headers.authorization
    answerJson(response, 200, { services: ['crm'] })
  })
  const headers = { Authorization: 'Bearer secret' }
  expect(await createJaegerClient({ url, headers }).services()).toEqual(['crm'])
  expect(seen).toBe('Bearer secret')
})
