import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { expect, test } from '@playwright/test'
import { requestNow, startDoor, type TestDoor } from './support/door'

let door: TestDoor

test.beforeAll(async () => {
  door = await startDoor({ address: { requests: 100_000, spans: 1_000_000 } })
})
test.afterAll(() => door.stop())

const protobuf = { 'content-type': 'application/x-protobuf' }

/** A request as the standard exporter writes it in protobuf. */
function writeProtobuf(service: string, ...names: string[]): Buffer<ArrayBuffer> {
  const exporter = new InMemorySpanExporter()
  const resource = resourceFromAttributes({ 'service.name': service })
  const provider = new TracerProvider({ resource, spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  for (const name of names)
    provider
      .getTracer('test')
      .startSpan(name, { attributes: { order_id: 'o-1' } })
      .end()
  return Buffer.from(ProtobufTraceSerializer.serializeRequest(exporter.getFinishedSpans()) as Uint8Array)
}

test('protobuf goes through, and is answered in protobuf', async () => {
  const taken = await door.post(writeProtobuf('internet-shop', 'order.protobuf'), protobuf)
  expect([taken.status, taken.headers.get('content-type')]).toEqual([200, 'application/x-protobuf'])
  expect(ProtobufTraceSerializer.deserializeResponse(new Uint8Array(await taken.arrayBuffer()))).toEqual({})
  expect(door.collector.spans.find(({ name }) => name === 'order.protobuf')?.attributes).toEqual({ order_id: 'o-1' })

  const parts = [writeProtobuf('internet-shop', 'order.good'), writeProtobuf('shop-api', 'order.bad')]
  const partly = await door.post(Buffer.concat(parts), protobuf)
  const answer = ProtobufTraceSerializer.deserializeResponse(new Uint8Array(await partly.arrayBuffer()))
  expect([partly.status, answer]).toMatchObject([
    200,
    { partialSuccess: { rejectedSpans: 1, errorMessage: 'foreign_service' } },
  ])

  const refused = await door.post(writeProtobuf('shop-api', 'of an API'), protobuf)
  expect([refused.status, refused.headers.get('content-type')]).toEqual([403, 'application/x-protobuf'])
  expect(Buffer.from(await refused.arrayBuffer()).toString()).toContain('only spans of the service "internet-shop"')
})

const deep = (depth: number) => {
  const request = JSON.parse(requestNow({ id: '1' }))
  const text = `${'{"arrayValue":{"values":['.repeat(depth)}{}${']}}'.repeat(depth)}`
  request.resourceSpans[0].scopeSpans[0].spans[0].attributes = [{ key: 'order_id', value: JSON.parse(text) }]
  return JSON.stringify(request)
}

const broken: [what: string, body: string | Buffer<ArrayBuffer>, headers: Record<string, string>, status: number][] = [
  ['nothing', '', {}, 400],
  ['JSON that is cut off', requestNow({ id: '1' }).slice(0, -9), {}, 400],
  ['JSON that is a list', '[]', {}, 400],
  ['resourceSpans that is a text', '{"resourceSpans":"x"}', {}, 400],
  ['JSON nested without end', '['.repeat(250_000), {}, 400],
  ['an attribute nested deep', deep(100), {}, 413],
  ['no UTF-8', Buffer.from('{"resourceSpans":[],"a":"\xff\xfe"}', 'latin1'), {}, 400],
  ['gzip that is none', 'x', { 'content-encoding': 'gzip' }, 400],
  ['an encoding that nobody reads', 'x', { 'content-encoding': 'br' }, 415],
  ['protobuf that is JSON', '{"resourceSpans":[]}', protobuf, 400],
  ['protobuf that is cut off', writeProtobuf('internet-shop', 'order.a').subarray(0, -5), protobuf, 400],
  ['a length beyond the end', Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]), protobuf, 400],
  ['a varint without end', Buffer.alloc(64, 0xff), protobuf, 400],
  ['a hundred thousand empty resources', Buffer.from('0a00'.repeat(100_000), 'hex'), protobuf, 413],
  ['JSON called protobuf', requestNow({ id: '1' }), protobuf, 400],
]
for (const [what, body, headers, status] of broken) {
  test(`${what} is refused with ${status}, and the next request is taken`, async () => {
    const answer = await door.post(body, headers)
    expect(answer.status, await answer.text()).toBe(status)
    expect((await door.post(requestNow({ id: '1' }))).status).toBe(200)
  })
}

test('fields of every wrong kind make no span, and cost the one beside them nothing', async () => {
  for (const [at, wrong] of ['"x"', '1', 'true', 'null', '[]', '{}', '[[]]', '[null]', '1e999'].entries()) {
    const good = requestNow({ id: '1', name: `order.beside-${at}` })
    const span = `{"traceId":${wrong},"spanId":${wrong},"name":${wrong},"attributes":${wrong},"events":${wrong},"status":${wrong}}`
    const variants = [
      `{"resource":${wrong},"scopeSpans":${wrong}}`,
      `{"resource":{"attributes":${wrong}},"scopeSpans":[{"scope":${wrong},"spans":${wrong}}]}`,
      `{"scopeSpans":[{"spans":[${span}]}]}`,
      wrong,
    ]
    const answer = await door.post(good.replace('"resourceSpans":[', `"resourceSpans":[${variants.join()},`))
    expect(answer.status, wrong).toBe(200)
    expect(door.collector.spans.some(({ name }) => name === `order.beside-${at}`)).toBe(true)
  }
})

test('no body, however it was changed on its way, gets another answer than 200, 400, 403 or 413', async () => {
  const originals: [Buffer<ArrayBuffer>, Record<string, string>][] = [
    [Buffer.from(requestNow({ id: '1', attributes: { order_id: 'o-1' } }, { id: '2', link: 'b' })), {}],
    [writeProtobuf('internet-shop', 'order.a', 'order.b'), protobuf],
  ]
  const seen = new Set<number>()
  const random = createRandom(42)
  for (let round = 0; round < 400; round++) {
    const [original, headers] = originals[round % 2] ?? [Buffer.alloc(0), {}]
    const body = Buffer.from(original)
    for (let change = 0; change <= round % 5; change++) body[random(body.length)] = random(256)
    seen.add((await door.post(body, headers)).status)
  }
  for (const status of seen) expect([200, 400, 403, 413]).toContain(status)
  expect(seen).toContain(200)
  expect(seen).toContain(400)
})

/** The same numbers each time: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
