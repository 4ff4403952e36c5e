import type { ReceivedSpan } from '../otlp/received-span'

/** Who called whom. */
export interface Edge {
  from: string
  to: string
  span: ReceivedSpan
}

/** What is talked to whoever has the span: some instrumentations of databases say no kind. */
const DATABASE_ATTRIBUTES = ['db.system.name', 'db.system', 'db.namespace', 'db.name'] as const
const QUEUE_ATTRIBUTES = ['messaging.system', 'messaging.destination.name'] as const
/** By what names a client or producer may call what it talks to; a server's `server.address` is its own. */
const PEER_ATTRIBUTES = ['peer.service', 'rpc.service', 'server.address', ...QUEUE_ATTRIBUTES] as const

/** Services by their spans, whatever has none of its own by what its caller names it: a database by system or name, a queue likewise. */
export function edgesIn(spans: readonly ReceivedSpan[]): Edge[] {
  const byId = new Map(spans.map((span) => [`${span.traceId} ${span.spanId}`, span]))
  return spans.flatMap((span) => {
    const parent = byId.get(`${span.traceId} ${span.parentSpanId}`)
    const calls = parent && parent.service !== span.service ? [{ from: parent.service, to: span.service, span }] : []
    const named = (names: readonly string[]) => names.map((name) => span.attributes[name]).filter(isText)
    // What a consumer takes comes from the queue to it.
    if (span.kind === 'consumer') {
      return [...calls, ...named(QUEUE_ATTRIBUTES).map((from) => ({ from, to: span.service, span }))]
    }
    const isCall = span.kind === 'client' || span.kind === 'producer'
    const peers = [...named(DATABASE_ATTRIBUTES), ...(isCall ? named(PEER_ATTRIBUTES) : [])]
    return [...calls, ...peers.map((to) => ({ from: span.service, to, span }))]
  })
}

const isText = (value: unknown): value is string => typeof value === 'string'
