import { bigintOf, type Fields, fieldsOf, idOf, listOf, textOf } from './fields'
import type { AttributeValue, JaegerSpan, SpanAttributes, SpanKind } from './jaeger-trace'

const KINDS: readonly SpanKind[] = ['internal', 'server', 'client', 'producer', 'consumer']
/** Microseconds are all that version 1 has. */
const NANOS_PER_MICRO = 1000n

/** The spans in the `data` of an answer of version 1. */
export function readVersion1Spans(data: unknown): JaegerSpan[] {
  return listOf(data).flatMap((trace) => {
    const processes = fieldsOf(trace.processes)
    const known = new Map<string, { service: string; resource: SpanAttributes }>()
    for (const [id, raw] of Object.entries(processes)) {
      const { serviceName, tags } = fieldsOf(raw)
      const service = textOf(serviceName)
      known.set(id, { service, resource: Object.assign(readTags(tags), { 'service.name': service }) })
    }
    return listOf(trace.spans).map((span) => {
      const process = known.get(textOf(span.processID)) ?? { service: '', resource: {} }
      return readSpan(span, process)
    })
  })
}

function readSpan(raw: Fields, { service, resource }: { service: string; resource: SpanAttributes }): JaegerSpan {
  const {
    'span.kind': kind,
    error,
    'otel.status_code': code,
    'otel.status_description': message,
    ...attributes
  } = readTags(raw.tags)
  const traceId = idOf(raw.traceID, 32)
  const references = listOf(raw.references).map((reference) => ({
    isParent: reference.refType === 'CHILD_OF' && idOf(reference.traceID, 32) === traceId,
    traceId: idOf(reference.traceID, 32),
    spanId: idOf(reference.spanID, 16),
  }))
  const parent = references.find(({ isParent }) => isParent)
  const start = bigintOf(raw.startTime) * NANOS_PER_MICRO
  return {
    traceId,
    spanId: idOf(raw.spanID, 16),
    ...(parent && { parentSpanId: parent.spanId }),
    service,
    name: textOf(raw.operationName),
    kind: KINDS.find((name) => name === kind) ?? 'internal',
    start,
    end: start + bigintOf(raw.duration) * NANOS_PER_MICRO,
    status: error === true || code === 'ERROR' ? 'error' : code === 'OK' ? 'ok' : 'unset',
    statusMessage: String(message ?? ''),
    attributes,
    resource,
    events: listOf(raw.logs).map(readLog),
    links: references.filter((reference) => reference !== parent).map(({ traceId, spanId }) => ({ traceId, spanId })),
  }
}

function readLog(raw: Fields): JaegerSpan['events'][number] {
  const { event, ...attributes } = readTags(raw.fields)
  return { name: String(event ?? ''), time: bigintOf(raw.timestamp) * NANOS_PER_MICRO, attributes }
}

function readTags(tags: unknown): Record<string, AttributeValue> {
  const found: Record<string, AttributeValue> = Object.create(null)
  for (const { key, value, type } of listOf(tags)) {
    if (typeof key !== 'string') continue
    // A 64-bit number may come as text.
    found[key] = type === 'int64' ? Number(value) : (value as AttributeValue)
  }
  return found
}
