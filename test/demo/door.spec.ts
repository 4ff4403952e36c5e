import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { foreignPage, nameOf, requestNow, startDoor, type TestDoor } from './support/door'
import { listen } from './support/listen'
import { exportRequest } from './support/otlp-spans'

let door: TestDoor

test.beforeAll(async () => {
  door = await startDoor()
})
test.afterAll(() => door.stop())

const names = () => door.collector.spans.map(({ name }) => name)

test('spans of our pages go through, plain and with gzip', async () => {
  const plain = await door.post(requestNow({ id: '1', name: 'order.plain' }))
  expect([plain.status, await plain.json()]).toEqual([200, {}])
  const zipped = await door.post(gzipSync(requestNow({ id: '2', name: 'order.zipped' })), {
    'content-encoding': 'gzip',
  })
  expect(zipped.status).toBe(200)
  expect(names()).toEqual(expect.arrayContaining(['order.plain', 'order.zipped']))
})

test('an empty request, by which the SDK asks how the collector is, is answered by the store', async () => {
  expect((await door.post('{"resourceSpans":[]}')).status).toBe(200)
})

test('spans of another service are refused: of an API, and of another UI', async () => {
  for (const service of ['shop-api', 'crm', 'evil', '']) {
    const answer = await door.post(requestNow({ id: '3', name: nameOf(service), service }))
    expect([answer.status, await answer.json()], service).toEqual([
      403,
      { code: 7, message: expect.stringContaining('"internet-shop"') },
    ])
    expect(names()).not.toContain(nameOf(service))
  }
  const crm = await door.post(requestNow({ id: '3', name: 'order.crm', service: 'crm' }), {}, { service: 'crm' })
  expect(crm.status).toBe(200)
  expect(names()).toContain('order.crm')
})

test('one bad span costs the order beside it nothing', async () => {
  const week = 8 * 24 * 3600_000
  const bad = {
    foreign_service: { service: 'shop-api' },
    server_span: { kind: 2 },
    time: { start: -week },
    bad_id: { trace: 'x'.repeat(32) },
    name: { name: 'call 8 900 123 45 67' },
  }
  for (const [reason, spec] of [...Object.entries(bad), ['bad_id', { parent: '5' }] as const]) {
    const before = await door.counted('spans', reason)
    const answer = await door.post(
      requestNow({ id: '4', name: `order.beside-${reason}` }, { id: '5', name: `order.${reason}`, ...spec }),
    )
    expect([answer.status, await answer.json()], reason).toEqual([
      200,
      { partialSuccess: { rejectedSpans: '1', errorMessage: reason } },
    ])
    expect(names()).toContain(`order.beside-${reason}`)
    expect(names()).not.toContain(`order.${reason}`)
    expect(await door.counted('spans', reason)).toBe(before + 1)
  }
})

test('times far off are refused; those of a page that waited three days, and of a clock hours ahead, are not', async () => {
  const hour = 3600_000
  for (const [name, spec, status] of [
    ['after three days', { start: -73 * hour }, true],
    ['a clock ahead', { start: 5 * hour }, true],
    ['a week old', { start: -169 * hour }, false],
    ['of the day after tomorrow', { start: 30 * hour }, false],
    ['ends before it begins', { duration: -1 }, false],
  ] as const) {
    const answer = await door.post(requestNow({ id: '6', name: nameOf(name), ...spec }))
    expect(answer.status, name).toBe(200)
    expect(names().includes(nameOf(name)), name).toBe(status)
  }
})

test('attributes that are not ours are left out, and the span says how many', async () => {
  const attributes = {
    order_id: 'o-1',
    'http.request.method': 'POST',
    'ordertrace.clock.shift_ms': 12,
    email: 'anna@example.com',
    'service.name': 'shop-api',
    'http.client_ip': '192.0.2.7',
    'user_agent.original': 'Mozilla/5.0',
    __proto__x: 'a',
    'ordertrace.user.unconfirmed': 'no',
  }
  await door.post(requestNow({ id: '7', name: 'order.attributes', attributes }))
  const span = door.collector.spans.find(({ name }) => name === 'order.attributes')
  expect(span?.attributes).toEqual({
    order_id: 'o-1',
    'http.request.method': 'POST',
    'ordertrace.clock.shift_ms': 12,
  })
  expect(span).toMatchObject({ droppedAttributesCount: 6 })
})

test('an id that names a person is left out', async () => {
  for (const id of ['anna@example.com', 'Anna Lebedeva', '+7 900 000-00-00', 'x'.repeat(129), '<script>']) {
    await door.post(requestNow({ id: '8', name: nameOf(id), attributes: { user_id: id, order_id: 'o-2' } }))
    const span = door.collector.spans.find(({ name }) => name === nameOf(id))
    expect(span?.attributes).toEqual({ order_id: 'o-2' })
  }
})

test('long texts are cut', async () => {
  const attributes = { 'url.full': `https://shop.example/${'a'.repeat(5000)}` }
  await door.post(requestNow({ id: '9', name: 'order.long', attributes }))
  const span = door.collector.spans.find(({ name }) => name === 'order.long')
  expect(String(span?.attributes['url.full'])).toHaveLength(1024)
})

test('a span has a name that the SDK gives, and a type of error to group by', async () => {
  const long = 'x'.repeat(129)
  for (const name of [
    'order.submit',
    'order.submit.Оплата_2',
    `order.${long}`,
    'POST',
    'HTTP',
    'route /',
    'route /orders/:id',
    'documentLoad',
  ]) {
    expect(await (await door.post(requestNow({ id: '1', name }))).json(), name).toEqual({})
  }
  for (const name of [
    '',
    'order.',
    'order.<b>',
    `order.${long}x`,
    'post',
    'GET /api',
    'route x',
    'route / a',
    'anything',
    'documentLoad ',
  ]) {
    const answer = await door.post(requestNow({ id: '1', name }))
    expect(await answer.json(), name).toMatchObject({ partialSuccess: { errorMessage: 'name' } })
  }
  for (const [given, kept] of [
    ['TypeError', 'TypeError'],
    ['order_not_stored', 'order_not_stored'],
    ['503', '503'],
    ['call 8 900 123 45 67', '_OTHER'],
    ['x'.repeat(65), '_OTHER'],
  ] as const) {
    await door.post(requestNow({ id: '1', name: 'order.error', attributes: { 'error.type': given } }))
    expect(door.collector.spans.at(-1)?.attributes, given).toEqual({ 'error.type': kept })
  }
})

test('an attribute has a value of its kind, and the name of an event is a word', async () => {
  const right = {
    'http.request.method': '_OTHER',
    'http.response.status_code': 201,
    'order.step': 'Оплата_2',
    'server.address': '[::1]',
    'session.id': 'a'.repeat(32),
    'ordertrace.interrupted': true,
    'ordertrace.resource.initiator': '',
    'order.reason': 'the card was refused',
  }
  const wrong = {
    'http.request.method': 'anna@example.com',
    'http.response.status_code': 'Anna Lebedeva',
    'order.step': 'Анна Лебедева',
    'server.address': 'x'.repeat(256),
    'session.id': 7,
    'ordertrace.interrupted': 'yes',
    'ordertrace.resource.initiator': '<img>',
    'order.reason': true,
  }
  for (const [attributes, kept] of [
    [right, right],
    [wrong, {}],
  ]) {
    const request = JSON.parse(requestNow({ id: '1', name: 'order.kinds', attributes: attributes ?? {} }))
    const [span] = request.resourceSpans[0].scopeSpans[0].spans
    span.events = ['exception', 'anna@example.com'].map((name) => ({ name, timeUnixNano: span.startTimeUnixNano }))
    expect((await door.post(JSON.stringify(request))).status).toBe(200)
    const stored = door.collector.spans.at(-1)
    expect(stored?.attributes).toEqual(kept)
    expect(stored?.events.map(({ name }) => name)).toEqual(['exception', '_OTHER'])
  }
})

test('what made the span is said in words', async () => {
  const bodies: string[] = []
  const store = await listen(
    createServer(async (request, response) => {
      bodies.push(await text(request))
      response.end('{}')
    }),
  )
  const before = await startDoor({}, { store: store.url })
  const request = JSON.parse(requestNow({ id: '1', name: 'order.made' }))
  const [group] = request.resourceSpans
  const say = async (version: string) => {
    group.resource.attributes[1] = { key: 'service.version', value: { stringValue: version } }
    group.scopeSpans[0].scope = { name: version, version }
    expect((await before.post(JSON.stringify(request))).status).toBe(200)
    return bodies.at(-1)?.split(version).length
  }
  expect(await say('1.2.3')).toBe(4)
  for (const version of ['anna@example.com', 'of Anna Lebedeva']) expect(await say(version), version).toBe(1)
  await before.stop()
  await store.stop()
})

test('no span ends before it began, not even by a nanosecond', async () => {
  const send = async (by: bigint) => {
    const request = JSON.parse(requestNow({ id: '1', name: 'order.backwards' }))
    const [span] = request.resourceSpans[0].scopeSpans[0].spans
    span.startTimeUnixNano = String(BigInt(span.startTimeUnixNano) + 5n)
    span.endTimeUnixNano = String(BigInt(span.startTimeUnixNano) + by)
    return (await door.post(JSON.stringify(request))).json()
  }
  expect(await send(0n)).toEqual({})
  expect(await send(-1n)).toMatchObject({ partialSuccess: { errorMessage: 'time' } })
})

test('a number or a time that no store can keep is left out', async () => {
  const send = async (value: string, time: (start: bigint) => bigint) => {
    const request = JSON.parse(requestNow({ id: '1', name: 'order.number' }))
    const [span] = request.resourceSpans[0].scopeSpans[0].spans
    span.attributes = [{ key: 'http.response.status_code', value: { intValue: value } }]
    span.events = [{ name: 'exception', timeUnixNano: String(time(BigInt(span.startTimeUnixNano))) }]
    expect((await door.post(JSON.stringify(request))).status).toBe(200)
    const kept = door.collector.spans.at(-1)
    return [Object.keys(kept?.attributes ?? {}).length, kept?.events.length]
  }
  const week = 169n * 3600n * 1_000_000_000n
  expect(await send('9223372036854775807', (start) => start)).toEqual([1, 1])
  expect(await send('-9223372036854775808', (start) => start)).toEqual([1, 1])
  expect(await send('9223372036854775808', (start) => start - week)).toEqual([0, 0])
  expect(await send('-9223372036854775809', () => 0n)).toEqual([0, 0])
})

test('the user of a span is marked where the login does not say the same', async () => {
  const attributes = { user_id: 'u-1' }
  for (const [login, mark] of [
    [{ userId: 'u-1' }, undefined],
    [{ userId: 'u-2' }, 'other-login'],
    ['none', 'no-login'],
    ['unknown', 'unknown'],
  ] as const) {
    const name = nameOf(JSON.stringify(login))
    await door.post(requestNow({ id: 'a', name, attributes }, { id: 'b', name: 'order.nobody' }), {}, { login })
    const span = door.collector.spans.find((received) => received.name === name)
    expect([span?.attributes.user_id, span?.attributes['ordertrace.user.unconfirmed']], name).toEqual(['u-1', mark])
    const without = door.collector.spans.filter((received) => received.name === 'order.nobody').at(-1)
    expect(without?.attributes).toEqual({})
  }
  expect(await door.counted('spans', 'unconfirmed')).toBeGreaterThanOrEqual(3)
})

test('no id is in an event, where no mark would say that it is not confirmed', async () => {
  const request = JSON.parse(requestNow({ id: 'a', name: 'order.event' }))
  const [span] = request.resourceSpans[0].scopeSpans[0].spans
  const attribute = (key: string) => ({ key, value: { stringValue: 'u-9' } })
  const attributes = ['user_id', 'order_id', 'error.type'].map(attribute)
  span.events = [{ name: 'forged', timeUnixNano: span.startTimeUnixNano, attributes }]
  expect((await door.post(JSON.stringify(request))).status).toBe(200)
  const kept = door.collector.spans.find(({ name }) => name === 'order.event')
  expect(kept?.events).toMatchObject([{ name: 'forged', attributes: { 'error.type': 'u-9' } }])
  expect(JSON.stringify(kept?.events)).not.toContain('_id')
})

test('nobody says who he is without the key', async () => {
  const body = requestNow({ id: 'c', name: 'order.forged', attributes: { user_id: 'u-9' } })
  const forged = { ...door.handedOn({ login: { userId: 'u-9' } }), 'door-key': 'guessed' }
  const headers = { 'content-type': 'application/json', ...forged }
  const answer = await fetch(`${door.url}/v1/traces`, { method: 'POST', body, headers })
  expect(answer.status).toBe(403)
  // A page of another origin of ours may send; what it says in these headers counts for nothing.
  const crm = requestNow({ id: 'd', name: 'order.afar', service: 'crm', attributes: { user_id: 'u-9' } })
  const far = await fetch(`${door.url}/v1/traces`, {
    method: 'POST',
    body: crm,
    headers: { ...headers, origin: foreignPage },
  })
  expect(far.status).toBe(200)
  expect(door.collector.spans.find(({ name }) => name === 'order.afar')?.attributes).toEqual({
    user_id: 'u-9',
    'ordertrace.user.unconfirmed': 'unknown',
  })
})

test('CORS is for exactly our origins, without credentials', async () => {
  const preflight = (origin: string) =>
    fetch(`${door.url}/v1/traces`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    })
  const ours = await preflight(foreignPage)
  expect([ours.status, Object.fromEntries(ours.headers)]).toMatchObject([
    204,
    {
      'access-control-allow-origin': foreignPage,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'Content-Type, Content-Encoding',
      vary: 'Origin',
    },
  ])
  expect(ours.headers.get('access-control-allow-credentials')).toBeNull()
  for (const origin of [
    'https://evil.example',
    'https://crm.example.evil.example',
    'http://crm.example',
    'https://crm.example:444',
    'https://CRM.example',
    'null',
    '',
  ]) {
    const refused = await preflight(origin)
    expect([refused.status, refused.headers.get('access-control-allow-origin')], origin).toEqual([403, null])
    const body = JSON.stringify(exportRequest({ id: 'e', service: 'crm' }))
    const headers = { 'content-type': 'application/json', origin }
    expect((await fetch(`${door.url}/v1/traces`, { method: 'POST', body, headers })).status, origin).toBe(403)
  }
})

test('only traces are taken, by POST, in a type that a page of another site may not send unasked', async () => {
  for (const path of ['/', '/v1/logs', '/v1/metrics', '/v1/traces/', '/v1/traces/../metrics']) {
    const answer = await fetch(door.url + path, { method: 'POST', body: '{}', headers: door.handedOn() })
    expect(answer.status, path).toBe(404)
  }
  for (const method of ['GET', 'PUT', 'DELETE']) {
    expect((await fetch(`${door.url}/v1/traces`, { method, headers: door.handedOn() })).status, method).toBe(405)
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonx']) {
    const answer = await door.post(requestNow({ id: 'f', name: 'order.unasked' }), { 'content-type': type })
    expect(answer.status, type).toBe(415)
  }
  expect(names()).not.toContain('order.unasked')
})
