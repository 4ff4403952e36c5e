import type { AttributeValue, JaegerSpan, JaegerTrace, SpanAttributes } from '../../src/jaeger/jaeger-trace'
import { type AnsweringServer, answerJson, startAnswering } from './answering-server'
import { spanIdOf } from './otlp-of-trace'

/** A Jaeger that has these traces, and version 1 of the query API alone. */
export function startVersion1Store(traces: readonly JaegerTrace[]): Promise<AnsweringServer> {
  return startAnswering(({ pathname, searchParams }, response) => {
    if (pathname === '/api/services')
      return answerJson(response, 200, {
        data: [...new Set(traces.flatMap(({ spans }) => spans.map((span) => span.service)))],
      })
    if (!pathname.startsWith('/api/traces')) return void response.writeHead(404).end('404 page not found')
    const [, traceId] = /^\/api\/traces\/(\w+)$/.exec(pathname) ?? []
    const found = traceId
      ? traces.filter((trace) => trace.traceId === traceId)
      : traces.filter(({ spans }) => spans.some((span) => matches(span, searchParams)))
    const limit = Number(searchParams.get('limit') ?? 20)
    answerJson(response, 200, { data: found.slice(0, limit).map(toVersion1), errors: null })
  })
}

function matches(span: JaegerSpan, asked: URLSearchParams): boolean {
  const tags = JSON.parse(asked.get('tags') ?? '{}') as Record<string, string>
  const start = Number(span.start / 1000n)
  const operation = asked.get('operation')
  return (
    span.service === asked.get('service') &&
    (operation === null || span.name === operation) &&
    start >= Number(asked.get('start')) &&
    start <= Number(asked.get('end')) &&
    Object.entries(tags).every(([name, value]) => String(span.attributes[name]) === value)
  )
}

function toVersion1({ traceId, spans }: JaegerTrace): object {
  const services = [...new Set(spans.map(({ service }) => service))]
  const resourceOf = (service: string) => spans.find((span) => span.service === service)?.resource ?? {}
  return {
    traceID: traceId,
    spans: spans.map((span) => ({
      traceID: traceId,
      spanID: spanIdOf(span.spanId),
      operationName: span.name,
      references:
        span.parentSpanId === undefined
          ? []
          : [{ refType: 'CHILD_OF', traceID: traceId, spanID: spanIdOf(span.parentSpanId) }],
      startTime: Number(span.start / 1000n),
      duration: Number((span.end - span.start) / 1000n),
      tags: toTags({
        ...span.attributes,
        'span.kind': span.kind,
        ...(span.status === 'error' && { error: true, 'otel.status_code': 'ERROR' }),
        ...(span.statusMessage && { 'otel.status_description': span.statusMessage }),
      }),
      logs: span.events.map(({ name, time }) => ({ timestamp: Number(time / 1000n), fields: toTags({ event: name }) })),
      processID: `p${services.indexOf(span.service)}`,
    })),
    processes: Object.fromEntries(
      services.map((service, index) => [`p${index}`, { serviceName: service, tags: toTags(resourceOf(service)) }]),
    ),
  }
}

function toTags(attributes: SpanAttributes): { key: string; type: string; value: AttributeValue }[] {
  const typeOf = (value: AttributeValue) =>
    typeof value === 'number' ? 'int64' : typeof value === 'boolean' ? 'bool' : 'string'
  return Object.entries(attributes).map(([key, value]) => ({ key, type: typeOf(value), value }))
}
