import { deflateSync, gzipSync } from 'node:zlib'
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { type ReadableSpan, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { expect, test } from '@playwright/test'
import type { OtlpLimits } from '../../src/otlp/limits'
import { type BodyHeaders, readBody } from '../../src/otlp/read-body'
import { readSpans } from '../../src/otlp/read-spans'

const T0 = 1_790_000_000_000

/** Spans of the standard SDK with everything that OTLP can say of one. */
function standardSpans(): ReadableSpan[] {
  const ended: ReadableSpan[] = []
  const processor: SpanProcessor = {
    onStart: () => {},
    onEnd: (span) => ended.push(span),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  }
  const resource = resourceFromAttributes({ 'service.name': 'internet-shop', numbers: [1, -2] })
  const tracer = new TracerProvider({ resource, spanProcessors: [processor] }).getTracer('shop', '1.2.3')
  const remote = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 }
  const root = tracer.startSpan('order.submit', { startTime: T0, links: [{ context: remote, attributes: { a: 1 } }] })
  const attributes = { text: 'Кольцо', negative: -7, real: 1.5, yes: true, no: false, list: ['a', 'b'], zero: 0 }
  const child = tracer.startSpan(
    'POST',
    { startTime: [1_790_000_000, 1_000_001], kind: SpanKind.CLIENT, attributes },
    trace.setSpan(ROOT_CONTEXT, root),
  )
  child.addEvent('retry', { attempt: 2 }, T0 + 2)
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'refused' })
  child.end(T0 + 11)
  root.end(T0 + 12)
  return ended
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
const PROTOBUF = { 'content-type': 'application/x-protobuf' }
const spans = standardSpans()
const asJson = JsonTraceSerializer.serializeRequest(spans) as Uint8Array
const asProtobuf = ProtobufTraceSerializer.serializeRequest(spans) as Uint8Array

test('a request of the standard exporters gives the same spans as JSON and as protobuf', async () => {
  const fromJson = readSpans(await readBody(asJson, JSON_TYPE))
  const fromProtobuf = readSpans(await readBody(asProtobuf, PROTOBUF))
  expect(fromProtobuf).toEqual(fromJson)
  expect(fromJson.rejected).toEqual([])
  const [child, root] = fromJson.spans
  expect(child).toEqual({
    service: 'internet-shop',
    name: 'POST',
    kind: 'client',
    traceId: spans[0]?.spanContext().traceId,
    spanId: spans[0]?.spanContext().spanId,
    parentSpanId: root?.spanId,
    startTime: 1_790_000_000_001_000_001n,
    endTime: 1_790_000_000_011_000_000n,
    durationMs: 9.999999,
    attributes: { text: 'Кольцо', negative: -7, real: 1.5, yes: true, no: false, list: ['a', 'b'], zero: 0 },
    resource: { 'service.name': 'internet-shop', numbers: [1, -2] },
    scope: { name: 'shop', version: '1.2.3' },
    status: { code: 'error', message: 'refused' },
    events: [{ name: 'retry', time: 1_790_000_000_002_000_000n, attributes: { attempt: 2 } }],
    links: [],
  })
  expect(root).toMatchObject({
    name: 'order.submit',
    kind: 'internal',
    parentSpanId: undefined,
    status: { code: 'unset', message: '' },
    links: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', attributes: { a: 1 } }],
  })
})

for (const [encoding, compress] of Object.entries({ gzip: gzipSync, deflate: deflateSync })) {
  test(`${encoding} is read, and what only says that it is gets one clear error`, async () => {
    for (const [body, headers] of [[asJson, JSON_TYPE] as const, [asProtobuf, PROTOBUF] as const]) {
      const compressed = { ...headers, 'content-encoding': encoding }
      expect(await readBody(compress(body), compressed)).toEqual(await readBody(body, headers))
      await expect(readBody(body, compressed)).rejects.toMatchObject({
        status: 400,
        message: expect.stringMatching(new RegExp(`^the body is not valid ${encoding}: `)),
      })
    }
  })
}

const text = (value: string) => new TextEncoder().encode(value)
const nested = (depth: number): object =>
  depth ? { arrayValue: { values: [nested(depth - 1)] } } : { stringValue: 'deep' }
const bytes = (...values: number[]) => Uint8Array.from(values)

const REFUSED: [string, Uint8Array, BodyHeaders, OtlpLimits, number, RegExp][] = [
  ['no content type', asJson, {}, {}, 415, /and this is no content type$/],
  ['another content type', asJson, { 'content-type': 'text/html' }, {}, 415, /"text\/html"/],
  ['another encoding', asJson, { ...JSON_TYPE, 'content-encoding': 'br' }, {}, 415, /not "br"/],
  [
    'an encoding named like a property',
    asJson,
    { ...JSON_TYPE, 'content-encoding': 'constructor' },
    {},
    415,
    /not "co/,
  ],
  ['no JSON', text('{'), JSON_TYPE, {}, 400, /not valid JSON/],
  ['no UTF-8', bytes(0x22, 0xff, 0x22), JSON_TYPE, {}, 400, /not valid JSON/],
  ['a list', text('[]'), JSON_TYPE, {}, 400, /must be a JSON object/],
  ['null', text('null'), JSON_TYPE, {}, 400, /must be a JSON object/],
  ['other resourceSpans', text('{"resourceSpans":{}}'), JSON_TYPE, {}, 400, /must be an array/],
  ['JSON as protobuf', asJson, PROTOBUF, {}, 400, /not an OTLP trace request in protobuf/],
  ['a field number of zero', bytes(0x00), PROTOBUF, {}, 400, /in protobuf: illegal tag/],
  ['a message longer than its own', bytes(0x0a, 0x05, 0x0a), PROTOBUF, {}, 400, /longer than the one that it is in/],
  ['a field longer than its message', bytes(0x0a, 2, 0x0a, 0, 0x12, 9), PROTOBUF, {}, 400, /in protobuf/],
  ['an endless varint', bytes(...Array(20).fill(0xff)), PROTOBUF, {}, 400, /in protobuf/],
  ['too many bytes', asJson, JSON_TYPE, { maxBytes: 100 }, 413, /larger than 100 bytes/],
  ['too many messages', asProtobuf, PROTOBUF, { maxMessages: 5 }, 413, /more than 5 messages/],
]

for (const [what, body, headers, limits, status, message] of REFUSED) {
  test(`${what} is refused with ${status} and a sentence`, async () => {
    await expect(readBody(body, headers, limits)).rejects.toMatchObject({
      name: 'OtlpRefusal',
      status,
      message: expect.stringMatching(message),
    })
  })
}

test('a small body that would become a large one is refused while it is unpacked', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000))
  expect(bomb.length).toBeLessThan(60_000)
  const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' }
  await expect(readBody(bomb, headers, { maxBytes: 1_000_000 })).rejects.toMatchObject({ status: 413 })
})

test('every prefix of a protobuf request is read or refused, never worse', async () => {
  const outcomes = new Set<unknown>()
  for (let length = 0; length < asProtobuf.length; length++) {
    await readBody(asProtobuf.subarray(0, length), PROTOBUF).then(
      () => outcomes.add('read'),
      (error) => outcomes.add(error.status),
    )
  }
  expect([...outcomes].sort()).toEqual([400, 'read'])
})

test('attributes nested deeper than the limit are refused, in JSON and in protobuf', async () => {
  const request = (depth: number) => ({
    resourceSpans: [{ resource: { attributes: [{ key: 'deep', value: nested(depth) }] }, scopeSpans: [] }],
  })
  expect(readSpans(request(32)).rejected).toEqual([])
  expect(() => readSpans(request(33))).toThrow('an attribute is nested deeper than 32 levels')
  expect(() => readSpans(request(5_000))).toThrow('an attribute is nested deeper than 32 levels')

  const within = (tag: number, inner: Uint8Array) => {
    const size = inner.length
    return Uint8Array.from([tag, (size & 127) | 128, (size >> 7) | 0, ...inner])
  }
  const deepValue = (depth: number): Uint8Array =>
    depth ? within(0x2a, within(0x0a, deepValue(depth - 1))) : Uint8Array.from([0x10, 1])
  const message = (depth: number) => within(0x0a, within(0x0a, within(0x0a, within(0x12, deepValue(depth)))))
  const read = (depth: number) => readBody(message(depth), PROTOBUF)
  expect(JSON.stringify(await read(32)).match(/arrayValue/g)).toHaveLength(32)
  await expect(read(60)).rejects.toMatchObject({ status: 413, message: /nested deeper than 32/ })
})

test('a span with a wrong id is left out with the reason, the others are kept', () => {
  const good = { traceId: 'A'.repeat(32), spanId: 'b'.repeat(16), parentSpanId: '', name: 'good' }
  const wrong = [{ traceId: 'x' }, { spanId: '0'.repeat(16) }, { parentSpanId: 'abc' }].map((bad) => ({
    ...good,
    ...bad,
  }))
  const { spans, rejected } = readSpans({ resourceSpans: [{ scopeSpans: [{ spans: [...wrong, good, 7, null] }] }] })
  expect(spans).toMatchObject([{ name: 'good', service: '', traceId: 'a'.repeat(32), parentSpanId: undefined }])
  expect(rejected).toEqual([
    'traceId must be 32 hex digits, not all zero: "x"',
    `spanId must be 16 hex digits, not all zero: "${'0'.repeat(16)}"`,
    'parentSpanId must be 16 hex digits: "abc"',
  ])
})

test('what a sender may leave out or write otherwise does no harm', () => {
  const attributes = [
    { key: '__proto__', value: { stringValue: 'own' } },
    { key: 'large', value: { intValue: '9007199254740993' } },
    { key: 'none', value: { doubleValue: 'NaN' } },
    { key: 'map', value: { kvlistValue: { values: [{ key: 'a', value: { boolValue: true } }] } } },
    { key: 'nothing' },
    'no attribute',
  ]
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), startTimeUnixNano: 5, attributes, kind: 77 }
  const [read] = readSpans({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }).spans
  expect(read).toMatchObject({ name: '', kind: 'unspecified', startTime: 5n, endTime: 5n, durationMs: 0 })
  expect(Object.entries(read?.attributes ?? {})).toEqual([
    ['__proto__', 'own'],
    ['large', 9007199254740993n],
    ['none', Number.NaN],
    ['map', { a: true }],
    ['nothing', undefined],
  ])
})
