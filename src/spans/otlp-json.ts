import type { Attributes, AttributeValue, HrTime, SpanContext } from '@opentelemetry/api'
import { CLOCK_SHIFT } from '../attributes'
import type { FinishedSpan } from './recorded-span'

/**
 * OTLP/JSON as the standard exporter writes it (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding; a test compares), span by span,
 * so that a span is written once however often it is sent, split or put away.
 *
 * @param shiftMs added to its times, and noted on it: what a server said of the device's clock
 */
export function encodeSpan(span: FinishedSpan, shiftMs = 0): string {
  const identity = span.spanContext()
  const time = (at: HrTime) => nanoseconds(at, shiftMs)
  return JSON.stringify({
    traceId: identity.traceId,
    spanId: identity.spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    traceState: identity.traceState?.serialize(),
    name: span.name,
    // The API has no value for an unset kind.
    kind: span.kind + 1,
    startTimeUnixNano: time(span.startTime),
    endTimeUnixNano: time(span.endTime),
    attributes: encodeAttributes(shiftMs ? { ...span.attributes, [CLOCK_SHIFT]: shiftMs } : span.attributes),
    droppedAttributesCount: span.droppedAttributesCount,
    events: span.events.map((event) => ({
      attributes: encodeAttributes(event.attributes),
      name: event.name,
      timeUnixNano: time(event.time),
      droppedAttributesCount: 0,
    })),
    droppedEventsCount: span.droppedEventsCount,
    status: span.status,
    links: span.links.map(({ context, attributes = {} }) => ({
      attributes: encodeAttributes(attributes),
      spanId: context.spanId,
      traceId: context.traceId,
      traceState: context.traceState?.serialize(),
      droppedAttributesCount: 0,
      flags: flags(context.traceFlags, context),
    })),
    droppedLinksCount: span.droppedLinksCount,
    flags: flags(identity.traceFlags, span.parentSpanContext),
  })
}

export const encodeAttributes = (attributes: Attributes) =>
  Object.keys(attributes).map((key) => ({ key, value: encodeValue(attributes[key]) }))

function encodeValue(value: AttributeValue | null | undefined): unknown {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  // What an int64 cannot hold would make the collector refuse the whole request.
  if (typeof value === 'number')
    return Number.isSafeInteger(value)
      ? { intValue: value }
      : { doubleValue: Number.isFinite(value) ? value : String(value) }
  return Array.isArray(value) ? { arrayValue: { values: value.map(encodeValue) } } : {}
}

function nanoseconds([seconds, nanos]: HrTime, shiftMs: number): string {
  const ms = Math.trunc(nanos / 1e6) + shiftMs
  // In two parts, for a number of this size is not exact.
  return `${seconds * 1000 + ms}${String(Math.trunc(nanos) % 1e6).padStart(6, '0')}`
}

const KNOWS_IF_REMOTE = 0x100
const IS_REMOTE = 0x200
const flags = (traceFlags: number, remote: SpanContext | undefined) =>
  traceFlags | KNOWS_IF_REMOTE | (remote?.isRemote ? IS_REMOTE : 0)

/** The beginning of a group of spans: who made them, and with what. */
export function encodeHead(resource: Attributes, scope: { name: string; version: string }): string {
  const described = { attributes: encodeAttributes(resource), droppedAttributesCount: 0 }
  return `{"resource":${JSON.stringify(described)},"scopeSpans":[{"scope":${JSON.stringify(scope)},"spans":[`
}

/** A request for encoded spans, by their heads. */
export const encodeRequest = (groups: ReadonlyMap<string, readonly string[]>): string =>
  `{"resourceSpans":[${Array.from(groups, ([head, spans]) => `${head}${spans.join()}]}]}`).join()}]}`
