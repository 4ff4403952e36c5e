import { ERROR_TYPE, ORDER_ID, ORDER_REASON, USER_ID } from '../attributes'
import type { AttributeValue, JaegerTrace } from '../jaeger/jaeger-trace'
import { adoptOrphans } from './adopt-orphans'
import { alignClocks } from './align-clocks'
import type { Checkout, MessageNote, MessageState } from './checkout'
import { findCriticalPath } from './critical-path'
import { greatestOf } from './extremes'
import { failedHopOf } from './failed-hop'
import { type Hop, hopOf } from './hop'
import { findMessages, type SentMessage } from './messages'
import { findOperation, stepOf } from './order-spans'
import { readOutcome } from './read-outcome'
import { buildSpanTree, type SpanNode, subtree } from './span-tree'
import { describeTraits } from './traits'

export interface WhichStep {
  /** The UI's `service.name`. */
  service: string
  step: string
}

/**
 * What the analysis needs to know of one step of an order.
 * @param now when the trace was read, ms since 1970: a message that is not handled yet may still be
 * @returns nothing when the trace has no such step
 */
export function summarise(trace: JaegerTrace, { service, step }: WhichStep, now: number): Checkout | undefined {
  const tree = buildSpanTree(trace)
  const root = findOperation(tree, service, step)
  if (!root) return undefined
  adoptOrphans(tree, root)
  alignClocks({ ...tree, roots: [root] })
  const below = subtree(root)
  const outcome = readOutcome(root)
  const messages = findMessages(root, now)
  const handled = messages.flatMap(({ handledAt = [] }) => handledAt)
  return {
    traceId: trace.traceId,
    service,
    step: stepOf(root.span) ?? step,
    orderId: textOf(below, ORDER_ID),
    userId: textOf(below, USER_ID),
    at: tree.epoch + root.start,
    ms: root.end - root.start,
    outcome,
    reason: outcome === 'confirmed' ? '' : reasonOf(root, below),
    isSubmitted: below.some(({ span }) => span.kind === 'client' && span.service === service),
    hops: sumHops(root),
    failedHop: outcome === 'confirmed' ? '' : failedHopOf(root),
    messages: worstState(messages),
    arrivedMs: handled.length === 0 ? 0 : greatestOf(handled) - root.start,
    queuedMs: greatestOf(messages.map(({ waitedMs }) => waitedMs)),
    attempts: greatestOf(messages.map(({ attempts }) => attempts)),
    handled: notesOf(messages, 'arrived'),
    waiting: notesOf(messages, 'waiting'),
    traits: describeTraits(root),
    spans: trace.spans.length,
    orphans: tree.nodes.filter(({ isOrphan }) => isOrphan).length,
  }
}

/** The API's own word for it, of which there are few; else what the page said. */
function reasonOf(root: SpanNode, below: readonly SpanNode[]): string {
  const servers = below.filter(({ span }) => span.kind === 'server' && span.status === 'error')
  const code = servers
    .map(({ span }) => String(span.attributes[ERROR_TYPE] ?? ''))
    .find((type) => /^[a-z]\w*$/.test(type))
  return code ?? (textOf([root], ORDER_REASON) || textOf([root], ERROR_TYPE))
}

/** The critical path by place, ms. */
function sumHops(root: SpanNode): Partial<Record<Hop, number>> {
  const hops: Partial<Record<Hop, number>> = {}
  for (const { node, start, end } of findCriticalPath(root)) {
    const hop = hopOf(node)
    hops[hop] = (hops[hop] ?? 0) + (end - start)
  }
  return hops
}

function worstState(messages: readonly SentMessage[]): MessageState {
  const states = new Set(messages.map(({ state }) => state))
  if (states.has('parked')) return 'lost'
  if (states.has('waiting')) return 'waiting'
  return messages.length > 0 ? 'arrived' : 'none'
}

function notesOf(messages: readonly SentMessage[], which: SentMessage['state']): MessageNote[] {
  const own = messages.filter(({ state }) => state === which)
  return own.map(({ destination, sentAt, silentMs }) => ({ to: destination, at: sentAt, silentMs }))
}

function textOf(nodes: readonly SpanNode[], name: string): string {
  const values = nodes.map(({ span }) => span.attributes[name])
  const found = values.find((value): value is AttributeValue => value !== undefined && value !== '')
  return found === undefined ? '' : String(found)
}
