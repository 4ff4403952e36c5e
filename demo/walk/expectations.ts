import type { TraceSpan } from './trace-span'

/** One span that the trace of an order must hold, and which other must be among its ancestors. */
interface Expected {
  what: string
  is(span: TraceSpan): boolean
  under?: Expected
}

const submit: Expected = {
  what: 'the order operation `order.submit` of internet-shop',
  is: (span) => span.service === 'internet-shop' && span.name === 'order.submit',
}
const request: Expected = {
  what: "the browser's POST request span",
  is: (span) => span.service === 'internet-shop' && span.kind === 'client' && isPost(span),
  under: submit,
}
const server: Expected = {
  what: 'the server span of shop-api',
  is: (span) => span.service === 'shop-api' && span.kind === 'server' && isPost(span),
  under: request,
}
const insert: Expected = {
  what: 'INSERT into orders',
  is: (span) => span.service === 'shop-api' && /insert\s+into\s+"?orders\b/i.test(statement(span)),
  under: server,
}
const putObject: Expected = {
  what: 'PutObject into the 3D file storage',
  is: (span) => span.service === 'shop-api' && /PutObject$/.test(span.name),
  under: server,
}

/** Says in words what the trace of one order lacks; empty when it is whole. */
export function missingFrom(spans: TraceSpan[], ids: { orderId: string }): string[] {
  return [
    ...[submit, request, server, insert, putObject].flatMap((expectation) => missingSpan(expectation, spans)),
    ...spans.flatMap((span) => missingIds(span, ids.orderId)),
    ...severalUsers(spans),
    ...severalTraces(spans),
    ...orphans(spans),
  ]
}

function missingSpan({ what, is, under }: Expected, spans: TraceSpan[]): string[] {
  const candidates = spans.filter(is)
  if (candidates.length === 0) return [`no span for ${what}`]
  if (!under) return []
  const placed = candidates.some((span) => ancestors(span, spans).some(under.is))
  return placed ? [] : [`${what} is not under ${under.what}`]
}

function missingIds(span: TraceSpan, orderId: string): string[] {
  const name = `${span.service}: ${span.name}`
  const found = span.attributes.order_id
  return [
    ...(found === orderId ? [] : [`order_id on "${name}" is ${found ?? 'missing'}, expected ${orderId}`]),
    ...(span.attributes.user_id ? [] : [`user_id on "${name}" is missing`]),
  ]
}

function severalUsers(spans: TraceSpan[]): string[] {
  const users = new Set(spans.flatMap((span) => span.attributes.user_id ?? []))
  return users.size > 1 ? [`the spans name ${users.size} users: ${[...users].join(', ')}`] : []
}

function severalTraces(spans: TraceSpan[]): string[] {
  const traces = new Set(spans.map((span) => span.traceId))
  return traces.size > 1 ? [`the order is spread over ${traces.size} traces: ${[...traces].join(', ')}`] : []
}

function orphans(spans: TraceSpan[]): string[] {
  const known = new Set(spans.map((span) => span.spanId))
  return spans
    .filter((span) => span.parentSpanId && !known.has(span.parentSpanId))
    .map((span) => `the parent of "${span.service}: ${span.name}" (${span.parentSpanId}) is missing`)
}

function ancestors(span: TraceSpan, spans: TraceSpan[]): TraceSpan[] {
  const found: TraceSpan[] = []
  let next = spans.find((candidate) => candidate.spanId === span.parentSpanId)
  // A cycle of parents cannot happen in an honest trace, yet a walk must not hang on a dishonest one.
  while (next && !found.includes(next)) {
    const parentId: string | undefined = next.parentSpanId
    found.push(next)
    next = spans.find((candidate) => candidate.spanId === parentId)
  }
  return found
}

function isPost(span: TraceSpan): boolean {
  const method = span.attributes['http.request.method'] ?? span.attributes['http.method']
  return method === 'POST' || /^POST\b/.test(span.name)
}

function statement(span: TraceSpan): string {
  return span.attributes['db.query.text'] ?? span.attributes['db.statement'] ?? span.name
}
