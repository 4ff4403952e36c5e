import { context, isSpanContextValid, ROOT_CONTEXT, type Tracer, trace } from '@opentelemetry/api'
import { expect, test } from '@playwright/test'
import type { Report } from '../../src/page/report'
import {
  isValid,
  spanContextOf,
  spanOf,
  unrecordedSpan,
  withoutSpan,
  withSpan,
  withSpanContext,
} from '../../src/spans/span-context'
import { registerGlobally } from '../../src/start/register-globally'

const identity = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 }
const span = unrecordedSpan(identity)

test('a context that we make is read by the OpenTelemetry API, and one that it makes by us', () => {
  expect(trace.getSpan(withSpan(ROOT_CONTEXT, span))).toBe(span)
  expect(trace.getSpanContext(withSpanContext(ROOT_CONTEXT, identity))).toEqual(identity)
  expect(trace.getSpan(withoutSpan(trace.setSpan(ROOT_CONTEXT, span)))).toBeUndefined()
  expect(spanOf(trace.setSpan(ROOT_CONTEXT, span))).toBe(span)
  expect(spanContextOf(trace.setSpanContext(ROOT_CONTEXT, identity))).toEqual(identity)
  expect(spanOf(ROOT_CONTEXT)).toBeUndefined()
})

test('a span that is not recorded has all methods of the API’s, and hands on who it is', () => {
  const standard = trace.wrapSpanContext(identity)
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(standard)).filter((name) => name !== 'constructor')
  for (const name of methods) expect(span, name).toHaveProperty(name)
  expect(span.setAttribute('a', 1).addEvent('b').spanContext()).toBe(identity)
  expect(span.isRecording()).toBe(false)
})

test('an identity is valid where the API takes it for valid', () => {
  const { traceId, spanId } = identity
  const cases: [string, string][] = [
    [traceId, spanId],
    [traceId.toUpperCase(), spanId],
    ['0'.repeat(32), spanId],
    [traceId, '0'.repeat(16)],
    [`${traceId}0`, spanId],
    [traceId, spanId.slice(1)],
    [traceId.replace('a', 'g'), spanId],
    [traceId, `${spanId}\n`],
    ['', ''],
  ]
  const said = cases.map(([traceId, spanId]) => isValid({ traceId, spanId, traceFlags: 1 }))
  expect(said).toEqual(cases.map(([traceId, spanId]) => isSpanContextValid({ traceId, spanId, traceFlags: 1 })))
  expect(said).toEqual([true, true, false, false, false, false, false, false, false])
})

test('what is registered globally is what the API serves; a second registration is refused and said; undone, the API serves nothing', () => {
  const said: string[] = []
  const report: Report = { misuse: (message) => void said.push(message), debug() {} }
  const manager = { active: () => withSpan(ROOT_CONTEXT, span) } as Parameters<typeof registerGlobally>[1]
  const tracer = { startSpan: () => span } as unknown as Tracer
  const undo = registerGlobally(tracer, manager, report)
  expect(trace.getTracer('page')).toBe(tracer)
  expect(trace.getActiveSpan()).toBe(span)
  registerGlobally(tracer, manager, report)()
  expect(said).toEqual([expect.stringContaining('another OpenTelemetry SDK is registered')])
  expect(trace.getActiveSpan()).toBe(span)
  undo()
  expect(trace.getActiveSpan()).toBeUndefined()
  expect(context.active()).toBe(ROOT_CONTEXT)
  said.length = 0
  expect(trace.setGlobalTracerProvider({ getTracer: () => tracer })).toBe(true)
  registerGlobally(tracer, manager, report)
  expect(said).toHaveLength(1)
  trace.disable()
})
