import { type Link, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { type ReadableSpan, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { expect, test } from '@playwright/test'
import { createClock } from '../../src/page/clock'
import { encodeHead, encodeRequest, encodeSpan } from '../../src/spans/otlp-json'
import type { FinishedSpan } from '../../src/spans/recorded-span'
import { createSpanTime } from '../../src/spans/span-time'
import { createSpanStarter } from '../../src/spans/tracer'

const RESOURCE = { 'service.name': 'internet-shop', numbers: [1, 2] }
const SCOPE = { name: 'ordertrace', version: '1.0.0' }
const LIMIT = 100
const T0 = 1_790_000_000_000

type StartSpan = (...args: Parameters<Tracer['startSpan']>) => Span

/** What the standard SDK and its exporter's serializer make of the spans. */
function standard(use: (start: StartSpan) => void): unknown {
  const ended: ReadableSpan[] = []
  const processor: SpanProcessor = {
    onStart: () => {},
    onEnd: (span) => ended.push(span),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  }
  const provider = new TracerProvider({
    resource: resourceFromAttributes(RESOURCE),
    spanProcessors: [processor],
    spanLimits: { attributeCountLimit: 128, attributeValueLengthLimit: LIMIT, eventCountLimit: 32, linkCountLimit: 32 },
  })
  const tracer = provider.getTracer(SCOPE.name, SCOPE.version)
  use((name, options, context = ROOT_CONTEXT) => tracer.startSpan(name, options, context))
  return JSON.parse(new TextDecoder().decode(JsonTraceSerializer.serializeRequest(ended)))
}

function ours(use: (start: StartSpan) => void): unknown {
  const ended: FinishedSpan[] = []
  const start = createSpanStarter({
    time: createSpanTime(createClock()),
    attributeCharacters: LIMIT,
    isSampled: () => true,
    onStart: () => {},
    onEnd: (span) => ended.push(span),
  })
  use((name, options, context = ROOT_CONTEXT) => start(name, options, context))
  const encoded = ended.map((span) => encodeSpan(span))
  return JSON.parse(encodeRequest(new Map([[encodeHead(RESOURCE, SCOPE), encoded]])))
}

/** Random ids by the order in which they are first met. */
function withNamedIds(request: unknown): unknown {
  const names = new Map<string, string>()
  return JSON.parse(JSON.stringify(request), (key, value) => {
    if (!/^(traceId|spanId|parentSpanId)$/.test(key)) return value
    const length = key === 'traceId' ? 32 : 16
    expect(value).toMatch(new RegExp(`^[0-9a-f]{${length}}$`))
    if (!names.has(value)) names.set(value, `id ${names.size}`)
    return names.get(value)
  })
}

const remote = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
  isRemote: true,
}
const link = (attributes?: Link['attributes']): Link => ({ context: remote, ...(attributes && { attributes }) })

const CASES: Record<string, (start: StartSpan) => void> = {
  'a span with nothing': (start) => start('plain', { startTime: T0 }).end(T0 + 12.345),
  'a child, of a client kind, with an error': (start) => {
    const parent = start('parent', { startTime: T0 })
    const context = trace.setSpan(ROOT_CONTEXT, parent)
    const child = start('child', { startTime: T0 + 1, kind: SpanKind.CLIENT }, context)
    child.setStatus({ code: SpanStatusCode.ERROR, message: 'refused' })
    child.end(T0 + 2)
    parent.end(T0 + 3)
  },
  'a child of a server that sampled, with a trace state, and a root asked for': (start) => {
    const context = trace.setSpanContext(ROOT_CONTEXT, remote)
    start('child', { startTime: T0 }, context).end(T0 + 1)
    start('root', { startTime: T0, root: true }, context).end(T0 + 1)
  },
  'a parent that is none': (start) => {
    const context = trace.setSpanContext(ROOT_CONTEXT, { ...remote, traceId: '0'.repeat(32) })
    start('root', { startTime: T0 }, context).end(T0 + 1)
  },
  'every kind of attribute, and what is none': (start) => {
    const attributes = { text: 'a', number: 1, real: 1.5, yes: true, no: false, list: ['a', 'b'], gaps: [1, null, 3] }
    const span = start('attributes', { startTime: T0, attributes })
    span.setAttribute('nothing', undefined as never)
    span.setAttribute('null', null as never)
    span.setAttribute('', 'no name')
    span.setAttribute('object', { a: 1 } as never)
    span.setAttribute('mixed', ['a', 1] as never)
    span.setAttribute('empty', [])
    span.setAttributes({
      text: 'b',
      long: 'x'.repeat(LIMIT + 1),
      longs: ['y'.repeat(LIMIT + 1)],
      quotes: '"\\\n\u2028',
    })
    span.end(T0 + 1)
  },
  'more attributes, events and links than are kept': (start) => {
    const span = start('many', { startTime: T0, links: Array.from({ length: 40 }, (_, i) => link({ i })) })
    for (let i = 0; i < 140; i++) span.setAttribute(`a${i}`, i)
    span.setAttribute('a0', 'changed')
    for (let i = 0; i < 40; i++) span.addEvent(`e${i}`, { i }, T0 + i)
    span.end(T0 + 50)
  },
  'events, links and exceptions in every form': (start) => {
    const span = start('events', { startTime: T0, links: [link({ why: 'retry' })] })
    span.addEvent('bare', T0 + 1)
    span.addEvent('date', new Date(T0 + 2))
    span.addEvent('exact', { a: 'b' }, [1_790_000_000, 5])
    span.addLink(link({ a: 1, wrong: {} as never }))
    span.recordException({ name: 'TypeError', message: 'no', stack: 'at x' }, T0 + 3)
    span.recordException({ code: 42, message: 'coded' }, T0 + 3)
    span.recordException('in words', T0 + 3)
    span.recordException({} as never, T0 + 3)
    span.end(T0 + 4)
  },
  'what comes after the end, and an end before the start': (start) => {
    const span = start('twice', { startTime: T0 })
    span.updateName('renamed').setStatus({ code: SpanStatusCode.OK }).setStatus({ code: SpanStatusCode.ERROR })
    span.end(T0 - 1)
    span.setAttribute('late', 1).addEvent('late').addLink(link()).updateName('late')
    span.setStatus({ code: SpanStatusCode.ERROR })
    span.recordException('late')
    span.end(T0 + 5)
    expect(span.isRecording()).toBe(false)
  },
  'times in every form': (start) => {
    start('date', { startTime: new Date(T0) }).end(new Date(T0 + 7))
    start('exact', { startTime: [1_790_000_000, 123_456_789] }).end([1_790_000_001, 1])
    start('fraction', { startTime: T0 + 0.125 }).end(T0 + 0.875)
  },
}

for (const [name, use] of Object.entries(CASES)) {
  test(`the same OTLP as by the standard SDK and its exporter: ${name}`, () => {
    expect(withNamedIds(ours(use))).toEqual(withNamedIds(standard(use)))
  })
}

test('a time that is none is now, and never throws', () => {
  const before = Date.now()
  let request: unknown
  expect(() => {
    request = ours((start) => start('now', { startTime: 'soon' as never }).end(Number.NaN))
  }).not.toThrow()
  const [span] = (request as Request).resourceSpans[0].scopeSpans[0].spans
  expect(Number(span.startTimeUnixNano) / 1e6).toBeGreaterThan(before - 2)
  expect(Number(span.endTimeUnixNano)).toBeGreaterThanOrEqual(Number(span.startTimeUnixNano))
})

test('a number that no int64 holds is written as a double: as an integer the collector would refuse the whole request', () => {
  const request = ours((start) => start('numbers', { attributes: { huge: 1e21, none: Number.NaN } }).end()) as Request
  const { attributes } = request.resourceSpans[0].scopeSpans[0].spans[0]
  expect(attributes).toEqual([
    { key: 'huge', value: { doubleValue: 1e21 } },
    { key: 'none', value: { doubleValue: 'NaN' } },
  ])
})

interface Request {
  resourceSpans: [
    { scopeSpans: [{ spans: [Record<'startTimeUnixNano' | 'endTimeUnixNano', string> & { attributes: unknown }] }] },
  ]
}
