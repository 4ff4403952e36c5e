import { bigintOf, type Fields, fieldsOf, idOf, listOf, textOf } from './fields'
import type { AttributeValue, JaegerSpan, SpanAttributes, SpanKind } from './jaeger-trace'

const KINDS: readonly SpanKind[] = ['internal', 'internal', 'server', 'client', 'producer', 'consumer']
const STATUSES = ['unset', 'ok', 'error'] as const

/** The spans of an OTLP `TracesData`, in which all traces run together. */
export function readOtlpSpans(data: unknown): JaegerSpan[] {
  return listOf(fieldsOf(data).resourceSpans).flatMap((entry) => {
    const resource = readAttributes(fieldsOf(entry.resource).attributes)
    return listOf(entry.scopeSpans).flatMap(({ spans }) => listOf(spans).map((span) => readSpan(span, resource)))
  })
}

function readSpan(raw: Fields, resource: SpanAttributes): JaegerSpan {
  const start = bigintOf(raw.startTimeUnixNano)
  const end = bigintOf(raw.endTimeUnixNano)
  const parentSpanId = idOf(raw.parentSpanId, 16)
  const status = fieldsOf(raw.status)
  return {
    traceId: idOf(raw.traceId, 32),
    spanId: idOf(raw.spanId, 16),
    // A root has no parent, an empty one, or one of zeros, as the exporter liked it.
    ...(/[^0]/.test(parentSpanId) && { parentSpanId }),
    service: String(resource['service.name'] ?? ''),
    name: textOf(raw.name),
    kind:
      KINDS[enumOf(raw.kind, ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'])] ?? 'internal',
    start,
    end: end > start ? end : start,
    status: STATUSES[enumOf(status.code, ['UNSET', 'OK', 'ERROR'])] ?? 'unset',
    statusMessage: textOf(status.message),
    attributes: readAttributes(raw.attributes),
    resource,
    events: listOf(raw.events).map((event) => ({
      name: textOf(event.name),
      time: bigintOf(event.timeUnixNano),
      attributes: readAttributes(event.attributes),
    })),
    links: listOf(raw.links).map((link) => ({ traceId: idOf(link.traceId, 32), spanId: idOf(link.spanId, 16) })),
  }
}

/** OTLP's JSON has enums as numbers, that of older Jaegers as names such as `SPAN_KIND_SERVER`. */
function enumOf(value: unknown, names: readonly string[]): number {
  if (typeof value === 'number') return value
  return Math.max(0, names.indexOf(textOf(value).split('_').at(-1) ?? ''))
}

function readAttributes(list: unknown): SpanAttributes {
  const found: Record<string, AttributeValue> = Object.create(null)
  for (const { key, value } of listOf(list)) if (typeof key === 'string') found[key] = readValue(fieldsOf(value))
  return found
}

function readValue(value: Fields): AttributeValue {
  if (typeof value.stringValue === 'string') return value.stringValue
  if (typeof value.boolValue === 'boolean') return value.boolValue
  if (typeof value.doubleValue === 'number') return value.doubleValue
  if (value.intValue !== undefined) return Number(value.intValue)
  if (typeof value.bytesValue === 'string') return value.bytesValue
  if (value.arrayValue) return listOf(fieldsOf(value.arrayValue).values).map(readValue)
  return value.kvlistValue ? JSON.stringify(value.kvlistValue) : ''
}
