import { type Answer, json, queryError } from './answer'
import { matchesSpan } from './match-span'
import { type SpanRecord, serviceName } from './otlp'
import { parseRfc3339 } from './rfc3339'
import { spanKindName } from './span-kind'
import type { TraceMemory } from './trace-memory'
import { BadQuery, parameter, parsed, parseTraceQuery } from './trace-query'
import { tracesData } from './traces-data'

/**
 * Answers Jaeger's query API, version 3; undefined when the path is none of it.
 * Traces come as they were received: clock skew is not adjusted, as with Jaeger's `rawTraces`.
 * @see https://www.jaegertracing.io/docs/latest/architecture/apis/
 */
export function answerQuery(url: URL, memory: TraceMemory): Answer | undefined {
  const path = url.pathname
  try {
    if (path === '/api/v3/services') return json(200, { services: services(memory) })
    if (path === '/api/v3/operations') return json(200, { operations: operations(memory, url.searchParams) })
    if (path === '/api/v3/traces') return found(search(memory, url.searchParams))
    if (path.startsWith('/api/v3/traces/')) return found(oneTrace(memory, url))
    return undefined
  } catch (error) {
    if (error instanceof BadQuery) return queryError(400, error.message)
    throw error
  }
}

function found(traces: SpanRecord[][]): Answer {
  if (traces.length === 0) return queryError(404, 'No traces found')
  return json(200, { result: tracesData(traces) })
}

function search(memory: TraceMemory, params: URLSearchParams): SpanRecord[][] {
  const query = parseTraceQuery(params)
  const matching = memory.traces().filter((trace) => trace.some((record) => matchesSpan(record, query)))
  return matching.slice(0, query.searchDepth)
}

function oneTrace(memory: TraceMemory, url: URL): SpanRecord[][] {
  const given = url.pathname.slice('/api/v3/traces/'.length)
  if (!/^[0-9a-f]{1,32}$/i.test(given))
    throw new BadQuery(`malformed parameter trace_id: "${given}" is not hexadecimal`)
  const from = parsed(url.searchParams, 'startTime', parseRfc3339)
  const to = parsed(url.searchParams, 'endTime', parseRfc3339)
  const trace = memory.trace(given.toLowerCase().padStart(32, '0'))
  const inside = trace.some(({ span }) => {
    const start = BigInt(span.startTimeUnixNano)
    return (from === undefined || start >= from) && (to === undefined || start <= to)
  })
  return inside ? [trace] : []
}

function services(memory: TraceMemory): string[] {
  const names = memory.traces().flat().map(serviceName)
  return [...new Set(names)].filter((name) => name !== '').sort()
}

function operations(memory: TraceMemory, params: URLSearchParams): { name: string; spanKind: string }[] {
  const service = params.get('service') ?? ''
  const kind = parameter(params, 'spanKind').value
  const seen = new Map<string, { name: string; spanKind: string }>()
  for (const record of memory.traces().flat()) {
    const operation = { name: record.span.name, spanKind: spanKindName(record.span.kind) }
    if (serviceName(record) !== service || (kind && kind !== operation.spanKind)) continue
    seen.set(JSON.stringify(operation), operation)
  }
  return [...seen.values()].sort((a, b) => a.name.localeCompare(b.name))
}
