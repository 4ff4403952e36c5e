import { greatestOf } from './extremes'
import { type SpanNode, subtree } from './span-tree'

/** A message that a step sent, over all attempts at sending and handling it. */
export interface SentMessage {
  /** `messaging.destination.name`; empty where it is written and not sent. */
  destination: string
  /**
   * - `arrived`: handled
   * - `waiting`: not handled yet. Whether it still may be, one trace does not tell: see `settleMessages`
   * - `parked`: given up after the last attempt
   */
  state: 'arrived' | 'waiting' | 'parked'
  /** When it was sent, ms since 1970 by its sender's clock. */
  sentAt: number
  /** When it was handled at last, ms as in {@link SpanNode}. */
  handledAt: number | undefined
  /** Until the attempt began that handled it, or that was the last one; of one that waits, until now. ms. */
  waitedMs: number
  /** How long nothing has been heard of one that waits, ms. */
  silentMs: number
  /** How often somebody tried to handle it. */
  attempts: number
  /** Who handled it, or tried to. */
  consumer: string
  /** Spans of it, in order. */
  nodes: SpanNode[]
}

const PARKED_EVENT = 'message parked'
const OUTBOX_INSERT = /insert\s+into\s+"?outbox\b/i

/**
 * The messages that were sent below a span, and what became of them.
 * @param now when the trace was read, ms since 1970
 */
export function findMessages(root: SpanNode, now: number): SentMessage[] {
  const below = subtree(root)
  const byMessage = new Map<string, SpanNode[]>()
  for (const node of below.filter(({ span }) => span.kind === 'producer' || span.kind === 'consumer')) {
    const key = messageKey(node)
    const known = byMessage.get(key)
    if (known) known.push(node)
    else byMessage.set(key, [node])
  }
  const messages = [...byMessage.values()].map((nodes) => followMessage(nodes, now))
  const written = below.filter(({ span }) => span.status !== 'error' && OUTBOX_INSERT.test(statementOf(span)))
  const unsent = written.slice(messages.length)
  return [...messages, ...unsent.map((node) => followMessage([node], now))]
}

function followMessage(unsorted: SpanNode[], now: number): SentMessage {
  const nodes = unsorted.sort((a, b) => a.start - b.start)
  const attempts = nodes.filter(({ span }) => span.kind === 'consumer')
  const sending = nodes.filter(({ span }) => span.kind === 'producer')
  const handled = attempts.find(({ span }) => span.status !== 'error')
  const isParked = attempts.some(({ span }) => span.events.some(({ name }) => name === PARKED_EVENT))
  const state = handled ? 'arrived' : isParked ? 'parked' : 'waiting'
  const sent = sending.find(({ span }) => span.status !== 'error') ?? sending[0] ?? nodes[0]
  const last = handled ?? attempts.at(-1) ?? sent
  const sentAt = sent ? unmovedMs(sent.span.start) : now
  // Now is told by a clock of ours, and so are the servers' spans as they came, while a browser's may be wrong by hours.
  const heardAt = greatestOf(nodes.map(({ span }) => unmovedMs(span.end)))
  return {
    destination: String(nodes[0]?.span.attributes['messaging.destination.name'] ?? ''),
    state,
    sentAt,
    handledAt: handled?.end,
    waitedMs: Math.max(0, state === 'waiting' ? now - sentAt : last && sent ? last.start - sent.start : 0),
    silentMs: state === 'waiting' ? Math.max(0, now - heardAt) : 0,
    attempts: attempts.length,
    consumer: (handled ?? attempts[0])?.span.service ?? '',
    nodes,
  }
}

function unmovedMs(time: bigint): number {
  return Number(time / 1000n) / 1000
}

/** By the name of today, and by that of older instrumentations. */
function statementOf({ attributes }: SpanNode['span']): string {
  return String(attributes['db.query.text'] ?? attributes['db.statement'] ?? '')
}

/** A message keeps its id over its attempts; without one, a consumer belongs to the span that it is a child of. */
function messageKey({ span, parent }: SpanNode): string {
  const id = span.attributes['messaging.message.id']
  if (id !== undefined) return `id ${String(id)}`
  return `span ${span.kind === 'consumer' && parent?.span.kind === 'producer' ? parent.span.spanId : span.spanId}`
}
