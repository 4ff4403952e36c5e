import { isDeepStrictEqual } from 'node:util'
import { ORDER_ID, USER_ID } from '../attributes'
import type { AttributeValue } from '../otlp/attributes'
import type { ReceivedSpan, SpanKind, StatusCode } from '../otlp/received-span'

/** What a span must be; what is not named may be anything. A regular expression is searched for, everything else must be equal. */
export interface SpanFields {
  name?: string | RegExp
  service?: string | RegExp
  kind?: SpanKind
  status?: StatusCode
  traceId?: string
  spanId?: string
  parentSpanId?: string | undefined
  /** The attribute `order_id`. */
  orderId?: string
  /** The attribute `user_id`. */
  userId?: string
  attributes?: Record<string, AttributeValue | RegExp>
  /** Of the service, not of the span. */
  resource?: Record<string, AttributeValue | RegExp>
}

export type SpanFilter = SpanFields | ((span: ReceivedSpan) => boolean)

/** One field in which a span is not what was asked for. */
export interface Miss {
  field: string
  expected: unknown
  received: unknown
}

/** In what a span differs from the filter; an empty list if it fits. */
export function missesOf(span: ReceivedSpan, filter: SpanFilter): Miss[] {
  if (typeof filter === 'function') {
    return filter(span) ? [] : [{ field: 'the function', expected: true, received: false }]
  }
  return comparisons(span, filter)
    .filter(([, expected, received]) => !isEqual(expected, received))
    .map(([field, expected, received]) => ({ field, expected, received }))
}

export const fits = (span: ReceivedSpan, filter: SpanFilter = {}): boolean => missesOf(span, filter).length === 0

function comparisons(span: ReceivedSpan, filter: SpanFields): [string, unknown, unknown][] {
  const { orderId, userId, attributes = {}, resource = {}, status, ...plain } = filter
  const wanted = {
    ...attributes,
    ...(orderId !== undefined && { [ORDER_ID]: orderId }),
    ...(userId !== undefined && { [USER_ID]: userId }),
  }
  return [
    ...Object.entries(plain).map(([name, expected]): [string, unknown, unknown] => [
      name,
      expected,
      span[name as keyof ReceivedSpan],
    ]),
    ...(status === undefined ? [] : [['status', status, span.status.code] as [string, unknown, unknown]]),
    ...Object.entries(wanted).map(([name, value]): [string, unknown, unknown] => [name, value, span.attributes[name]]),
    ...Object.entries(resource).map(([name, value]): [string, unknown, unknown] => [
      `resource ${name}`,
      value,
      span.resource[name],
    ]),
  ]
}

function isEqual(expected: unknown, received: unknown): boolean {
  if (expected instanceof RegExp) return typeof received === 'string' && new RegExp(expected).test(received)
  return isDeepStrictEqual(expected, received)
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  if (value instanceof RegExp) return String(value)
  const readable = (_name: string, inner: unknown) =>
    typeof inner === 'bigint' ? `${inner}n` : inner instanceof RegExp ? String(inner) : inner
  return JSON.stringify(value, readable) ?? 'nothing'
}

/** A filter in words. */
export function describeFilter(filter: SpanFilter): string {
  if (typeof filter === 'function') return 'one that the function takes'
  const { attributes, resource, ...plain } = filter
  const parts = [
    ...Object.entries(plain),
    ...Object.entries(attributes ?? {}),
    ...Object.entries(resource ?? {}).map(([name, value]) => [`resource ${name}`, value]),
  ].map(([name, value]) => `${name} ${shown(value)}`)
  return parts.join(', ') || 'there'
}
