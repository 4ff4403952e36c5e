import { HTTP_STATUS, INTERRUPTED, SDK_LANGUAGE, SERVER_ADDRESS } from '../attributes'
import type { JaegerSpan } from '../jaeger/jaeger-trace'
import type { SpanNode } from './span-tree'

/** The kinds of places where an order's time goes, in the order of its way. `untraced`: network and server, where the server's span is missing. */
export const hopKinds = ['browser', 'network', 'untraced', 'api', 'database', 'files', 'queue', 'service'] as const

export type HopKind = (typeof hopKinds)[number]

/** A place where an order's time goes, as `kind:name`: `database:shop-db`, `api:shop-api`. */
export type Hop = `${HopKind}:${string}`

export function hopKind(hop: Hop): HopKind {
  return hop.slice(0, hop.indexOf(':')) as HopKind
}

/** The name of the database, API or service. */
export function hopName(hop: Hop): string {
  return hop.slice(hop.indexOf(':') + 1)
}

/** The place that took longest, and how long, ms. */
export function longestHop(hops: Partial<Record<Hop, number>>): { hop: Hop; ms: number } | undefined {
  const [longest] = (Object.entries(hops) as [Hop, number][]).sort((a, b) => b[1] - a[1])
  return longest && { hop: longest[0], ms: longest[1] }
}

/** Where the time goes that a span spends itself, rather than in its children. */
export function hopOf(node: SpanNode): Hop {
  const { span } = node
  const peer = text(span, 'peer.service')
  if (span.kind === 'producer' || span.kind === 'consumer' || text(span, 'messaging.system'))
    return `queue:${peer || text(span, 'messaging.system') || 'queue'}`
  if (isOfBrowser(span)) return hopOfPage(node)
  if (isOfFiles(span)) return `files:${peer || 'files'}`
  const database = text(span, 'db.system.name') || text(span, 'db.system')
  if (database) return `database:${peer || text(span, 'db.namespace') || database}`
  if (span.kind === 'client') return peer ? `service:${peer}` : `service:${text(span, 'server.address') || 'other'}`
  return `api:${span.service}`
}

/** Of a request that was answered and has no span of a server nobody knows whether the network took the time or the server: no customer is to blame. */
function hopOfPage({ span, children }: SpanNode): Hop {
  if (span.kind !== 'client') return `browser:${span.service}`
  const wasCut = span.attributes[INTERRUPTED] !== undefined
  const wasAnswered = !wasCut && (span.status !== 'error' || span.attributes[HTTP_STATUS] !== undefined)
  const isTraced = children.some((child) => child.span.kind === 'server')
  return wasAnswered && !isTraced ? `untraced:${text(span, SERVER_ADDRESS) || span.service}` : `network:${span.service}`
}

/** Spans of pages, ordertrace's and those of other SDKs. */
export function isOfBrowser({ resource }: Pick<JaegerSpan, 'resource'>): boolean {
  return resource[SDK_LANGUAGE] === 'webjs'
}

function isOfFiles(span: JaegerSpan): boolean {
  const service = text(span, 'rpc.service') || text(span, 'rpc.method')
  return /(^|\.)S3\b/i.test(service) || /(^|\W)(Put|Get|Head|Delete)Object$/.test(span.name)
}

function text({ attributes }: JaegerSpan, name: string): string {
  const value = attributes[name]
  return typeof value === 'string' ? value : ''
}
