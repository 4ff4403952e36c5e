import { inTreeOrder } from './tree-order.js'

const ERROR = 2

/** The spans of the query API's answer by trace, the newest trace first; each with its depth and place in the tree. */
export function readTraces(answer) {
  const byTrace = new Map()
  for (const { resource, scopeSpans } of answer.result?.resourceSpans ?? []) {
    const service = attribute(resource?.attributes, 'service.name') ?? '?'
    for (const span of (scopeSpans ?? []).flatMap((scope) => scope.spans ?? [])) {
      const trace = byTrace.get(span.traceId) ?? []
      trace.push(readSpan(span, service))
      byTrace.set(span.traceId, trace)
    }
  }
  return [...byTrace].map(([id, spans]) => describeTrace(id, spans)).sort((a, b) => b.start - a.start)
}

function readSpan(span, service) {
  // Milliseconds are exact enough to draw with, and a fraction of one survives in a double.
  const origin = BigInt(span.startTimeUnixNano ?? 0)
  return {
    id: span.spanId,
    parentId: span.parentSpanId,
    service,
    name: span.name || '?',
    start: Number(origin / 1000n) / 1000,
    duration: Number(BigInt(span.endTimeUnixNano ?? 0) - origin) / 1e6,
    failed: span.status?.code === ERROR,
    message: span.status?.message ?? '',
    links: (span.links ?? []).map(({ traceId }) => traceId),
    attributes: (span.attributes ?? []).map(({ key, value }) => [key, valueText(value)]),
  }
}

function describeTrace(id, spans) {
  const ordered = inTreeOrder(spans)
  // Not by spreading: a call takes no hundred thousand arguments.
  const start = spans.reduce((least, span) => Math.min(least, span.start), Number.POSITIVE_INFINITY)
  const end = spans.reduce((most, span) => Math.max(most, span.start + span.duration), Number.NEGATIVE_INFINITY)
  return {
    id,
    spans: ordered,
    root: ordered[0],
    start,
    duration: end - start,
    /** The traces that this one follows from: the steps of the order before it. */
    links: [...new Set(spans.flatMap((span) => span.links))].filter((linked) => linked !== id),
    failed: spans.filter((span) => span.failed).length,
    orderId: firstOf(spans, 'order_id'),
    userId: firstOf(spans, 'user_id'),
  }
}

function firstOf(spans, key) {
  for (const span of spans) {
    const found = span.attributes.find(([name]) => name === key)
    if (found) return found[1]
  }
  return undefined
}

function attribute(attributes, key) {
  const found = (attributes ?? []).find((candidate) => candidate.key === key)
  return found ? valueText(found.value) : undefined
}

function valueText(value) {
  const [inner] = Object.values(value ?? {})
  return typeof inner === 'object' && inner !== null ? JSON.stringify(inner) : String(inner ?? '')
}
