import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { expect, test } from '@playwright/test'
import { createBacklog } from '../../src/delivery/backlog'
import { createForm } from '../../src/delivery/form'
import type { Waiting } from '../../src/delivery/waiting'
import { encodeHead } from '../../src/spans/otlp-json'
import type { FinishedSpan } from '../../src/spans/recorded-span'

const SCOPE = { name: 'ordertrace', version: '0.1.0' }
const HEAD = encodeHead({ 'service.name': 'shop' }, SCOPE)
const OTHER_HEAD = encodeHead({ 'service.name': 'crm' }, SCOPE)

const span = (name: string, changed: Partial<FinishedSpan> = {}): FinishedSpan => ({
  name,
  kind: SpanKind.INTERNAL,
  parentSpanContext: undefined,
  startTime: [1_790_000_000, 5_000_000],
  endTime: [1_790_000_001, 0],
  status: { code: SpanStatusCode.UNSET },
  attributes: { note: 'Größe' },
  events: [],
  links: [],
  droppedAttributesCount: 0,
  droppedEventsCount: 0,
  droppedLinksCount: 0,
  spanContext: () => ({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 }),
  ...changed,
})
const earlier = (name: string, head: string): Waiting => ({
  json: JSON.stringify({ name }),
  bytes: 10,
  isOrder: false,
  head,
})

/** A page whose clock can be set right. */
function open() {
  const clock = { shift: 0 }
  const form = createForm({ resource: { 'service.name': 'shop' }, scope: SCOPE, clockShift: () => clock.shift })
  const write = (name: string, isOrder = false) => form.span(span(name), isOrder) as Waiting
  return Object.assign(clock, { form, write })
}

/** What the collector would read: who made which spans. */
function read(request: string) {
  type Attribute = { key: string; value: { stringValue?: string; intValue?: number } }
  const { resourceSpans } = JSON.parse(request) as {
    resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: { name: string }[] }[] }[]
  }
  return resourceSpans.map(({ resource, scopeSpans }) => ({
    by: Object.fromEntries(resource.attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue])),
    spans: scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name)),
  }))
}

test('a span is written once, with its bytes on the wire and whether it is an order’s', () => {
  const { form } = open()
  const original = span('a')
  for (const isOrder of [true, false]) {
    const waiting = form.span(original, isOrder)
    expect(waiting).toEqual({
      json: expect.stringContaining('"name":"a"'),
      bytes: Buffer.byteLength(waiting?.json ?? ''),
      isOrder,
      span: original,
    })
  }
})

test('a span that cannot be written is none, and does no harm', () => {
  const { form, write } = open()
  const fail = () => {
    throw new Error('of the page')
  }
  expect(form.span(span('a', { spanContext: fail }), true)).toBeUndefined()
  const before = write('before')
  const { stringify } = JSON
  JSON.stringify = fail
  let meanwhile: unknown[] = []
  try {
    meanwhile = [form.span(span('b'), true), form.again(before) === before, form.request([before], 3)]
  } finally {
    JSON.stringify = stringify
  }
  // What was written before can be sent all the same, though nothing new can be told.
  expect(meanwhile).toEqual([undefined, true, form.request([before], 0)])
  expect(write('c').json).toContain('"name":"c"')
})

test('who made the spans stands once for all that are his, in the order in which they come', () => {
  const { form, write } = open()
  expect(form.head).toBe(HEAD)
  const mine = [write('a'), earlier('c', HEAD)]
  const others = [earlier('b', OTHER_HEAD), earlier('d', OTHER_HEAD)]
  expect([...mine, ...others].map(form.isOwn)).toEqual([true, true, false, false])
  const request = form.request([mine[0], others[0], mine[1], others[1]] as Waiting[], 0)
  expect(read(request)).toEqual([
    { by: { 'service.name': 'shop' }, spans: ['a', 'c'] },
    { by: { 'service.name': 'crm' }, spans: ['b', 'd'] },
  ])
  expect(read(form.request([], 0))).toEqual([])
})

test('how many spans were dropped is told with spans of our own, and not in the name of others', () => {
  const { form, write } = open()
  const told = (waiting: Waiting[], dropped: number) =>
    read(form.request(waiting, dropped)).map(({ by }) => by['ordertrace.spans.dropped'])
  expect(told([write('a'), earlier('b', OTHER_HEAD), earlier('c', HEAD)], 3)).toEqual([3, undefined])
  expect(told([earlier('b', OTHER_HEAD)], 3)).toEqual([undefined])
  expect(told([write('a')], 0)).toEqual([undefined])
  // Of what was told once nothing stays.
  expect(form.head).toBe(HEAD)
  expect(read(form.request([write('a')], 0))[0]?.by).toEqual({ 'service.name': 'shop' })
})

test('what is written again has the time that a server told, and is the same span', () => {
  const page = open()
  const waiting = page.write('a', true)
  expect(JSON.parse(waiting.json).startTimeUnixNano).toBe('1790000000005000000')
  const backlog = createBacklog(() => {})
  backlog.add(waiting)
  const before = JSON.parse(waiting.json)
  page.shift = -2000
  backlog.rewrite(page.form.again)
  // Whoever knows the span, as one that lies ready in the browser, goes on knowing it.
  expect(backlog.all()[0]).toBe(waiting)
  expect(JSON.parse(waiting.json)).toMatchObject({
    traceId: before.traceId,
    spanId: before.spanId,
    startTimeUnixNano: '1789999998005000000',
    endTimeUnixNano: '1789999999000000000',
    attributes: [before.attributes[0], { value: { intValue: -2000 } }],
  })
  expect([waiting.bytes, waiting.isOrder]).toEqual([Buffer.byteLength(waiting.json), true])
  page.shift = 0
  expect(JSON.parse(page.form.again(waiting).json)).toEqual(before)
})

test('what an earlier page wrote stays as it is, since that page had a clock of its own', () => {
  const page = open()
  page.shift = 1000
  const waiting = earlier('a', HEAD)
  expect(page.form.again(waiting)).toBe(waiting)
  expect(waiting).toEqual(earlier('a', HEAD))
})
