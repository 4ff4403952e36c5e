import { isObject, objects, readAttributes, type SpanAttributes } from './attributes'
import { DEFAULT_LIMITS, type OtlpLimits } from './limits'
import { type ReceivedSpan, SPAN_KINDS, STATUS_CODES } from './received-span'

/** What a request held: the spans that can be used, and of each other one why it cannot. */
export interface ReadSpans {
  spans: ReceivedSpan[]
  rejected: string[]
}

type Fields = Record<string, unknown>
type Surroundings = Pick<ReceivedSpan, 'service' | 'resource' | 'scope'>

/**
 * Reads the spans of a request in the shape of OTLP/JSON, `{ resourceSpans: […] }`. Strict in ids, since a wrong one would cut a trace in
 * two without a word; lenient in everything else, since senders leave out what is empty.
 * @throws OtlpRefusal with 413 for attributes nested deeper than `maxDepth`
 */
export function readSpans(request: unknown, { maxDepth = DEFAULT_LIMITS.maxDepth }: OtlpLimits = {}): ReadSpans {
  const result: ReadSpans = { spans: [], rejected: [] }
  for (const { resource: rawResource, scopeSpans } of objects(isObject(request) ? request.resourceSpans : [])) {
    const resource = readAttributes(fields(rawResource).attributes, maxDepth)
    const service = typeof resource['service.name'] === 'string' ? resource['service.name'] : ''
    for (const { scope: rawScope, spans } of objects(scopeSpans)) {
      const scope = { name: text(fields(rawScope).name), version: text(fields(rawScope).version) }
      for (const span of objects(spans)) {
        const reason = reasonToReject(span)
        if (reason) result.rejected.push(reason)
        else result.spans.push(readSpan(span, { service, resource, scope }, maxDepth))
      }
    }
  }
  return result
}

function readSpan(raw: Fields, surroundings: Surroundings, maxDepth: number): ReceivedSpan {
  const attributes = (given: unknown): SpanAttributes => readAttributes(given, maxDepth)
  const startTime = nanoseconds(raw.startTimeUnixNano)
  const endTime = raw.endTimeUnixNano === undefined ? startTime : nanoseconds(raw.endTimeUnixNano)
  const status = fields(raw.status)
  return {
    ...surroundings,
    name: text(raw.name),
    kind: SPAN_KINDS[Number(raw.kind)] ?? 'unspecified',
    traceId: text(raw.traceId).toLowerCase(),
    spanId: text(raw.spanId).toLowerCase(),
    ...readTraceState(raw),
    parentSpanId: isAbsent(raw.parentSpanId) ? undefined : text(raw.parentSpanId).toLowerCase(),
    startTime,
    endTime,
    durationMs: Number(endTime - startTime) / 1e6,
    attributes: attributes(raw.attributes),
    status: { code: STATUS_CODES[Number(status.code)] ?? 'unset', message: text(status.message) },
    events: objects(raw.events).map((event) => ({
      name: text(event.name),
      time: nanoseconds(event.timeUnixNano),
      attributes: attributes(event.attributes),
    })),
    links: objects(raw.links).map((link) => ({
      traceId: text(link.traceId).toLowerCase(),
      spanId: text(link.spanId).toLowerCase(),
      ...readTraceState(link),
      attributes: attributes(link.attributes),
    })),
  }
}

function reasonToReject(span: Fields): string | undefined {
  if (!isId(span.traceId, 32)) return `traceId must be 32 hex digits, not all zero: ${shown(span.traceId)}`
  if (!isId(span.spanId, 16)) return `spanId must be 16 hex digits, not all zero: ${shown(span.spanId)}`
  if (!isAbsent(span.parentSpanId) && !isId(span.parentSpanId, 16)) {
    return `parentSpanId must be 16 hex digits: ${shown(span.parentSpanId)}`
  }
  return undefined
}

/** Some senders write a root's parent as nothing, some as empty, some as zeros. */
const isAbsent = (raw: unknown): boolean =>
  raw === undefined || raw === null || (typeof raw === 'string' && /^0*$/.test(raw))
const isId = (raw: unknown, digits: number): boolean =>
  typeof raw === 'string' && raw.length === digits && /^[\da-f]+$/i.test(raw) && !/^0+$/.test(raw)

/** 64-bit numbers are strings in OTLP/JSON, yet some senders write plain ones. */
function nanoseconds(raw: unknown): bigint {
  if (typeof raw === 'string' && /^\d{1,20}$/.test(raw)) return BigInt(raw)
  return typeof raw === 'number' && Number.isFinite(raw) && raw >= 0 ? BigInt(Math.trunc(raw)) : 0n
}

const readTraceState = ({ traceState }: Fields): { traceState?: string } =>
  typeof traceState === 'string' && traceState !== '' ? { traceState } : {}

const fields = (raw: unknown): Fields => (isObject(raw) ? raw : {})
const text = (raw: unknown): string => (typeof raw === 'string' ? raw : '')
const shown = (raw: unknown): string => (JSON.stringify(raw) ?? 'missing').slice(0, 80)
