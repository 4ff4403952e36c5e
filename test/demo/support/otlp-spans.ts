/** What a test says of one span; everything else has a default. Times in milliseconds after `BASE_MS`. */
export interface SpanSpec {
  id: string
  trace?: string
  parent?: string
  service?: string
  name?: string
  kind?: number
  start?: number
  duration?: number
  status?: number
  attributes?: Record<string, string | number | boolean>
  /** The trace that it links to. */
  link?: string
}

/** A moment in the past that all test spans count from, so that searches can name exact bounds. */
export const BASE_MS = Date.UTC(2026, 2, 2, 9, 0, 0)

/** A trace id of 32 digits out of a few. */
export const traceId = (short: string): string => short.padStart(32, '0')

/** A span id of 16 digits out of a few. */
export const spanId = (short: string): string => short.padStart(16, '0')

/** The JSON body of an OTLP export request with these spans, one resource each. */
export function exportRequest(...specs: SpanSpec[]): { resourceSpans: object[] } {
  return {
    resourceSpans: specs.map((spec) => ({
      resource: { attributes: toAttributes({ 'service.name': spec.service ?? 'internet-shop' }) },
      scopeSpans: [{ scope: { name: 'test', version: '1.0' }, spans: [toSpan(spec)] }],
    })),
  }
}

function toSpan({
  id,
  trace = 'a',
  parent,
  name = 'span',
  kind = 1,
  start = 0,
  duration = 10,
  ...rest
}: SpanSpec): object {
  const startNanos = BigInt(BASE_MS + start) * 1_000_000n
  return {
    traceId: traceId(trace),
    spanId: spanId(id),
    ...(parent ? { parentSpanId: spanId(parent) } : {}),
    name,
    kind,
    startTimeUnixNano: startNanos.toString(),
    endTimeUnixNano: (startNanos + BigInt(Math.round(duration * 1e6))).toString(),
    attributes: toAttributes(rest.attributes ?? {}),
    ...(rest.link ? { links: [{ traceId: traceId(rest.link), spanId: spanId('1') }] } : {}),
    status: { code: rest.status ?? 0 },
  }
}

function toAttributes(values: Record<string, string | number | boolean>): object[] {
  return Object.entries(values).map(([key, value]) => {
    if (typeof value === 'boolean') return { key, value: { boolValue: value } }
    return { key, value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value } }
  })
}
