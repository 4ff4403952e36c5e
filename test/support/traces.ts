import type { JaegerSpan, JaegerTrace, SpanAttributes } from '../../src/jaeger/jaeger-trace'

/** What a test says of one span; everything else has a default. Times in ms after {@link EPOCH_MS}. */
export interface SpanSpec {
  id: string
  parent?: string
  service?: string
  name?: string
  kind?: JaegerSpan['kind']
  from: number
  to: number
  failed?: string
  attributes?: SpanAttributes
  events?: string[]
}

/** When the traces of tests begin. */
export const EPOCH_MS = Date.UTC(2026, 2, 2, 9)

const UIS = ['internet-shop', 'crm', 'mes-ui']

/** A trace of these spans. Spans of UIs are a browser's. */
export function makeTrace(specs: readonly SpanSpec[], traceId = 'a'.repeat(32)): JaegerTrace {
  return { traceId, spans: specs.map((spec) => makeSpan(spec, traceId)) }
}

const nanos = (ms: number) => BigInt(EPOCH_MS) * 1_000_000n + BigInt(Math.round(ms * 1e6))

function makeSpan(spec: SpanSpec, traceId: string): JaegerSpan {
  const { service = 'shop-api', events = [] } = spec
  return {
    traceId,
    spanId: spec.id,
    ...(spec.parent !== undefined && { parentSpanId: spec.parent }),
    service,
    name: spec.name ?? spec.id,
    kind: spec.kind ?? 'internal',
    start: nanos(spec.from),
    end: nanos(spec.to),
    status: spec.failed === undefined ? 'unset' : 'error',
    statusMessage: spec.failed ?? '',
    attributes: spec.attributes ?? {},
    resource: { 'service.name': service, ...(UIS.includes(service) && { 'telemetry.sdk.language': 'webjs' }) },
    events: events.map((name) => ({ name, time: nanos(spec.to), attributes: {} })),
    links: [],
  }
}

const shop = { service: 'internet-shop' }

/** A submission as the shop makes it, with the times that a test wants longer. ms. */
export function makeCheckout({
  device = 0,
  database = 0,
  files = 0,
  queue = 0,
  at = 0,
  id = 1,
  outcome = 'confirmed',
  message = 'arrived',
  failed,
  attributes = {},
}: {
  device?: number
  database?: number
  files?: number
  queue?: number
  at?: number
  id?: number
  outcome?: string
  message?: 'arrived' | 'parked' | 'untaken' | 'none'
  failed?: 'database' | 'files'
  attributes?: SpanAttributes
} = {}): JaegerTrace {
  // The browser 10, the network 20, the API 10, the database 20, the files 40.
  const server = at + 20 + device
  const stored = server + 5 + 40 + files
  const answered = stored + 20 + database + 5
  const end = answered + 10
  const is = (what: typeof failed) => (failed === what ? { failed: 'broken' } : {})
  const status = failed ? { failed: 'it failed' } : {}
  const ids = { order_id: `o-${id}`, user_id: `u-${id}` }
  const spans: SpanSpec[] = [
    {
      ...shop,
      id: 'root',
      name: 'order.submit',
      from: at,
      to: end,
      ...status,
      attributes: { 'order.step': 'submit', 'order.outcome': outcome, ...ids, ...attributes },
    },
    { ...shop, id: 'post', parent: 'root', name: 'POST', kind: 'client', from: at + 10, to: end, ...status },
    {
      id: 'server',
      parent: 'post',
      name: 'POST /api/orders',
      kind: 'server',
      from: server,
      to: answered,
      ...status,
      ...(failed && { attributes: { 'error.type': failed === 'files' ? 'model_not_stored' : 'order_not_saved' } }),
    },
    {
      id: 'put',
      parent: 'server',
      name: 'PutObject',
      kind: 'client',
      from: server + 5,
      to: stored,
      ...is('files'),
      attributes: { 'peer.service': '3d-files', 'file.size': 20_000 },
    },
    {
      id: 'insert',
      parent: 'server',
      name: 'pg.query:INSERT shop',
      kind: 'client',
      from: stored,
      to: stored + 20 + database,
      ...is('database'),
      attributes: { 'peer.service': 'shop-db', 'db.system.name': 'postgresql', ...ids },
    },
  ]
  if (message === 'none') return makeTrace(spans, traceIdOf(id))
  const sent = { 'messaging.destination.name': 'orders-for-mes', 'messaging.message.id': `m-${id}` }
  const publish = {
    id: 'publish',
    parent: 'server',
    kind: 'producer' as const,
    from: end,
    to: end + 5,
    attributes: sent,
  }
  const begun = end + 30 + queue
  const handling: SpanSpec = {
    id: 'process',
    parent: 'publish',
    service: 'mes-api',
    kind: 'consumer',
    from: begun,
    to: begun + 10,
    attributes: sent,
    ...(message === 'parked' && { failed: 'The message cannot be read.', events: ['message parked'] }),
  }
  return makeTrace([...spans, publish, ...(message === 'untaken' ? [] : [handling])], traceIdOf(id))
}

/** An approval as the CRM makes it. ms. */
export function makeApproval({ id, at }: { id: number; at: number }): JaegerTrace {
  const attributes = {
    'order.step': 'approve',
    'order.outcome': 'confirmed',
    order_id: `o-${id}`,
    user_id: 'u-manager-1',
  }
  const crm = { service: 'crm', from: at }
  return makeTrace(
    [
      { ...crm, id: 'root', name: 'order.approve', to: at + 80, attributes },
      { ...crm, id: 'post', parent: 'root', name: 'POST', kind: 'client', to: at + 70 },
      {
        id: 'api',
        parent: 'post',
        service: 'crm-api',
        name: 'POST /api/orders/:id/approve',
        kind: 'server',
        from: at + 5,
        to: at + 60,
      },
    ],
    traceIdOf(id),
  )
}

/** The same trace where the clocks of these services are ahead by so much, or behind. ms. */
export function withClock(trace: JaegerTrace, services: readonly string[], aheadMs: number): JaegerTrace {
  const ahead = BigInt(Math.round(aheadMs * 1e6))
  const spans = trace.spans.map((span) =>
    services.includes(span.service) ? { ...span, start: span.start + ahead, end: span.end + ahead } : span,
  )
  return { ...trace, spans }
}

/** A trace id out of a number. */
export function traceIdOf(id: number): string {
  return id.toString(16).padStart(32, '0')
}
