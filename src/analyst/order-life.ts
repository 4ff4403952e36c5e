import { ORDER_ID, USER_ID } from '../attributes'
import type { JaegerTrace } from '../jaeger/jaeger-trace'
import { adoptOrphans } from './adopt-orphans'
import { alignClocks } from './align-clocks'
import { findSteps } from './find-steps'
import { type HopState, type LifeHop, listHops } from './life-hops'
import type { LifeStep } from './life-step'
import { findMessages } from './messages'
import { stepOf } from './order-spans'
import { readOutcome } from './read-outcome'
import { buildSpanTree, type SpanNode, subtree } from './span-tree'
import { judgeLife, type Verdict } from './verdict'

export type { LifeStep }

/** An order's whole life as its traces tell it. */
export interface OrderLife {
  orderId: string
  /** By time. */
  steps: LifeStep[]
  /** Traces that name the order and are no step of it, such as a look at its page. */
  otherTraces: number
  verdict: Verdict
}

/** Puts the traces that name an order together. Those that do not are left out, for not every Jaeger heeds what it is asked for. */
export function describeLife(traces: readonly JaegerTrace[], orderId: string, now: number): OrderLife {
  const own = traces.filter(({ spans }) => spans.some(({ attributes }) => attributes[ORDER_ID] === orderId))
  const steps = own.flatMap((trace) => describeReadable(trace, orderId, now)).sort((a, b) => a.at - b.at)
  const withSteps = new Set(steps.map(({ traceId }) => traceId))
  const otherTraces = own.length - withSteps.size
  return { orderId, steps, otherTraces, verdict: judgeLife(steps, otherTraces) }
}

/** An odd trace is one of those that are no step, and takes nothing from the others. */
function describeReadable(trace: JaegerTrace, orderId: string, now: number): LifeStep[] {
  try {
    return describeSteps(trace, orderId, now)
  } catch {
    return []
  }
}

function describeSteps(trace: JaegerTrace, orderId: string, now: number): LifeStep[] {
  const tree = buildSpanTree(trace)
  const roots = findSteps(tree)
  return roots
    .filter((root) => subtree(root).some(({ span }) => span.attributes[ORDER_ID] === orderId))
    .map((root) => {
      if (roots.length === 1) adoptOrphans(tree, root)
      alignClocks({ ...tree, roots: [root] })
      return describeStep(root, { traceId: trace.traceId, epoch: tree.epoch, now })
    })
}

function describeStep(root: SpanNode, trace: { traceId: string; epoch: number; now: number }): LifeStep {
  const outcome = readOutcome(root)
  const hops = listHops(root, { messages: findMessages(root, trace.now), isConfirmed: outcome === 'confirmed' })
  return {
    traceId: trace.traceId,
    service: root.span.service,
    step: stepOf(root.span) ?? root.span.name,
    userId: userOf(root),
    at: trace.epoch + root.start,
    ms: root.end - root.start,
    outcome,
    state: outcome === 'failed' || outcome === 'abandoned' ? 'failed' : worst(hops),
    hops,
  }
}

function userOf(root: SpanNode): string {
  return String(
    subtree(root).find(({ span }) => span.attributes[USER_ID] !== undefined)?.span.attributes[USER_ID] ?? '',
  )
}

const BAD_FIRST: readonly HopState[] = ['failed', 'waiting', 'slow', 'good']

function worst(hops: readonly LifeHop[]): HopState {
  return BAD_FIRST.find((state) => hops.some((hop) => hop.state === state)) ?? 'good'
}
