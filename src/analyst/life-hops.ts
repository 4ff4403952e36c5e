import { ERROR_TYPE } from '../attributes'
import { findCriticalPath } from './critical-path'
import { type Hop, hopOf } from './hop'
import type { SentMessage } from './messages'
import { type SpanNode, subtree } from './span-tree'

/** How a part of an order's way went. `waiting`: not there yet, and it may still come. */
export type HopState = 'good' | 'slow' | 'failed' | 'waiting'

/** A part of the way of one step of an order. */
export interface LifeHop {
  hop: Hop
  state: HopState
  /** How long it took, ms. */
  ms: number
  /** Why it failed, or why it was late; empty when it was well. */
  reason: string
  /** It failed, and was repeated or done without: the step was confirmed all the same. */
  isRepeated?: boolean
  /** Of a message that was tried to be handled more than once: how often. */
  attempts?: number
  /** Of a message: where it was to go, and whose it is by then. */
  destination?: string
  consumer?: string
}

/** From so long on somebody notices, ms. */
const SLOW_HOP_MS = 1000

/**
 * The way of a step: what its person waited for, then each message and what it led to.
 * @param isConfirmed then what failed on the way was made good for by another attempt
 */
export function listHops(
  root: SpanNode,
  { messages, isConfirmed }: { messages: readonly SentMessage[]; isConfirmed: boolean },
): LifeHop[] {
  const sent = new Set(messages.flatMap(({ nodes }) => nodes.flatMap((node) => subtree(node))))
  const own = hopsWithin(root, { isOwn: (node) => !sent.has(node), isConfirmed })
  return [...own, ...messages.flatMap(hopsOfMessage)]
}

interface Within {
  isOwn(node: SpanNode): boolean
  isConfirmed: boolean
}

/** The parts of one piece of work, in the order in which they were first reached. */
function hopsWithin(root: SpanNode, { isOwn, isConfirmed }: Within): LifeHop[] {
  const hops = new Map<Hop, LifeHop>()
  const hopAt = (node: SpanNode) => {
    const hop = hopOf(node)
    const known = hops.get(hop) ?? { hop, state: 'good', ms: 0, reason: '' }
    hops.set(hop, known)
    return known
  }
  const nodes = subtree(root)
    .filter(isOwn)
    .sort((a, b) => a.start - b.start)
  for (const node of nodes) hopAt(node)
  for (const { node, start, end } of findCriticalPath(root)) if (isOwn(node)) hopAt(node).ms += end - start
  for (const found of hops.values()) if (found.ms >= SLOW_HOP_MS) found.state = 'slow'
  for (const node of nodes) {
    // Those above a failed one only pass its failure on.
    if (node.span.status !== 'error' || node.children.some(({ span }) => span.status === 'error')) continue
    const went = isConfirmed ? { state: 'slow', isRepeated: true } : { state: 'failed' }
    Object.assign(hopAt(node), { ...went, reason: reasonOf(node) })
  }
  return [...hops.values()]
}

function hopsOfMessage(message: SentMessage): LifeHop[] {
  const { destination, consumer, state, waitedMs, nodes, attempts } = message
  if (nodes.length === 0) return []
  const failure = nodes.filter(({ span }) => span.status === 'error').at(-1)
  const handled = nodes.find(({ span }) => span.kind === 'consumer' && span.status !== 'error')
  const isLate = waitedMs >= SLOW_HOP_MS || attempts > 1
  const queue: LifeHop = {
    hop: 'queue:queue',
    state: state === 'arrived' ? (isLate ? 'slow' : 'good') : state === 'waiting' ? 'waiting' : 'failed',
    ms: waitedMs,
    reason: failure ? reasonOf(failure) : '',
    ...(attempts > 1 && { attempts, ...(failure && state === 'arrived' && { isRepeated: true }) }),
    destination,
    consumer,
  }
  if (!handled) return [queue]
  // The handling's own time is the service's; the queue had it before.
  const within = hopsWithin(handled, { isOwn: () => true, isConfirmed: true })
  return [queue, ...within.map((hop) => (hop.hop === hopOf(handled) ? { ...hop, hop: apiOf(handled) } : hop))]
}

function apiOf({ span }: SpanNode): Hop {
  return `api:${span.service}`
}

function reasonOf({ span }: SpanNode): string {
  return (span.statusMessage || String(span.attributes[ERROR_TYPE] ?? '')).replace(/\.$/, '')
}
