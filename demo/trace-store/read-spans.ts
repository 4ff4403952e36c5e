import type { ExportRequest } from '../../src/otlp/export-request'
import type { AnyValue, KeyValue, Scope, Span, SpanEvent, SpanLink, SpanRecord } from './otlp'

/** What one export request held: the spans that can be kept, and why the others cannot. */
export interface ReadSpans {
  records: SpanRecord[]
  rejected: string[]
}

type Fields = Record<string, unknown>

/**
 * Takes the spans out of an export request, whichever way it came. Strict in ids, since a wrong one would cut a trace in two without a word;
 * lenient in everything else, since browsers send only some of the fields.
 */
export function readSpans(body: ExportRequest): ReadSpans {
  const result: ReadSpans = { records: [], rejected: [] }
  for (const resourceSpans of list(body.resourceSpans)) {
    const resource = { attributes: attributes(fields(resourceSpans.resource).attributes) }
    for (const scopeSpans of list(resourceSpans.scopeSpans)) {
      const scope = readScope(fields(scopeSpans.scope))
      for (const raw of list(scopeSpans.spans)) {
        const reason = reasonToReject(raw)
        if (reason) result.rejected.push(reason)
        else result.records.push({ span: readSpan(raw), resource, scope })
      }
    }
  }
  return result
}

function reasonToReject(span: Fields): string | undefined {
  if (!isId(span.traceId, 32)) return `traceId must be 32 hex digits, not all zero: ${shown(span.traceId)}`
  if (!isId(span.spanId, 16)) return `spanId must be 16 hex digits, not all zero: ${shown(span.spanId)}`
  if (hasParent(span) && !isId(span.parentSpanId, 16)) {
    return `parentSpanId must be 16 hex digits: ${shown(span.parentSpanId)}`
  }
  return undefined
}

/** Some senders write that of a root as zeros. */
function hasParent({ parentSpanId }: Fields): boolean {
  return Boolean(parentSpanId) && !/^0+$/.test(text(parentSpanId))
}

function readSpan(raw: Fields): Span {
  const start = nanos(raw.startTimeUnixNano)
  const status = fields(raw.status)
  return {
    traceId: text(raw.traceId).toLowerCase(),
    spanId: text(raw.spanId).toLowerCase(),
    ...(hasParent(raw) ? { parentSpanId: text(raw.parentSpanId).toLowerCase() } : {}),
    ...(raw.traceState ? { traceState: text(raw.traceState) } : {}),
    ...(typeof raw.flags === 'number' ? { flags: raw.flags } : {}),
    name: text(raw.name),
    kind: typeof raw.kind === 'number' ? raw.kind : 0,
    startTimeUnixNano: start,
    endTimeUnixNano: raw.endTimeUnixNano === undefined ? start : nanos(raw.endTimeUnixNano),
    attributes: attributes(raw.attributes),
    ...(Array.isArray(raw.events) && raw.events.length > 0 ? { events: list(raw.events).map(readEvent) } : {}),
    ...(Array.isArray(raw.links) && raw.links.length > 0 ? { links: list(raw.links).map(readLink) } : {}),
    status: {
      ...(typeof status.code === 'number' && status.code !== 0 ? { code: status.code } : {}),
      ...(status.message ? { message: text(status.message) } : {}),
    },
  }
}

function readScope(raw: Fields): Scope {
  return {
    ...(raw.name ? { name: text(raw.name) } : {}),
    ...(raw.version ? { version: text(raw.version) } : {}),
    ...(Array.isArray(raw.attributes) ? { attributes: attributes(raw.attributes) } : {}),
  }
}

function readEvent(raw: Fields): SpanEvent {
  return { timeUnixNano: nanos(raw.timeUnixNano), name: text(raw.name), attributes: attributes(raw.attributes) }
}

function readLink(raw: Fields): SpanLink {
  return { traceId: text(raw.traceId), spanId: text(raw.spanId), attributes: attributes(raw.attributes) }
}

function attributes(raw: unknown): KeyValue[] {
  return list(raw)
    .filter((attribute) => typeof attribute.key === 'string')
    .map((attribute) => ({ key: text(attribute.key), value: fields(attribute.value) as AnyValue }))
}

/** OTLP/JSON writes 64-bit numbers as strings, yet some senders use plain numbers. */
function nanos(raw: unknown): string {
  if (typeof raw === 'string' && /^\d{1,20}$/.test(raw)) return raw
  if (typeof raw === 'number' && Number.isFinite(raw) && raw >= 0) return BigInt(Math.trunc(raw)).toString()
  return '0'
}

function isId(raw: unknown, digits: number): boolean {
  return typeof raw === 'string' && raw.length === digits && /^[0-9a-f]+$/i.test(raw) && !/^0+$/.test(raw)
}

function shown(raw: unknown): string {
  return (JSON.stringify(raw) ?? 'missing').slice(0, 80)
}

function text(raw: unknown): string {
  return typeof raw === 'string' ? raw : ''
}

function isFields(raw: unknown): raw is Fields {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw)
}

function fields(raw: unknown): Fields {
  return isFields(raw) ? raw : {}
}

function list(raw: unknown): Fields[] {
  return Array.isArray(raw) ? raw.filter(isFields) : []
}
