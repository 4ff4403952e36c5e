import { attributeText, type SpanRecord, serviceName } from './otlp'
import { spanKindName } from './span-kind'
import type { TraceQuery } from './trace-query'

const ERROR = 2
const OK = 1

/** Whether this one span satisfies every filter: a trace is found only when one of its spans does. */
export function matchesSpan(record: SpanRecord, query: TraceQuery): boolean {
  const { span } = record
  if (query.serviceName && query.serviceName !== serviceName(record)) return false
  if (query.operationName && query.operationName !== span.name) return false
  const start = BigInt(span.startTimeUnixNano)
  if (start < query.startTimeMin || start > query.startTimeMax) return false
  const duration = BigInt(span.endTimeUnixNano) - start
  if (query.durationMin && duration < query.durationMin) return false
  if (query.durationMax && duration > query.durationMax) return false
  return query.attributes.every(([key, value]) => matchesAttribute(record, key, value))
}

/** The names that Jaeger's memory storage reads as properties of the span rather than as attributes. */
const PROPERTIES: Record<string, (record: SpanRecord, value: string) => boolean> = {
  error: ({ span }, value) => {
    if (/^(1|t|true)$/i.test(value)) return span.status.code === ERROR
    return /^(0|f|false)$/i.test(value) && span.status.code === OK
  },
  'span.status': ({ span }, value) => statusName(span.status.code) === value.toUpperCase(),
  'span.kind': ({ span }, value) => spanKindName(span.kind) === value.toLowerCase(),
  'scope.name': ({ scope }, value) => (scope.name ?? '') === value,
  'scope.version': ({ scope }, value) => (scope.version ?? '') === value,
}

function matchesAttribute(record: SpanRecord, key: string, value: string): boolean {
  const property = Object.hasOwn(PROPERTIES, key) ? PROPERTIES[key] : undefined
  if (property) return property(record, value)
  if (key.startsWith('resource.')) {
    return attributeText(record.resource.attributes, key.slice('resource.'.length)) === value
  }
  const { span, scope, resource } = record
  const places = [span.attributes, scope.attributes, resource.attributes]
  for (const item of [...(span.events ?? []), ...(span.links ?? [])]) places.push(item.attributes)
  return places.some((attributes) => attributeText(attributes, key) === value)
}

function statusName(code: number | undefined): string {
  return code === ERROR ? 'ERROR' : code === OK ? 'OK' : 'UNSET'
}
