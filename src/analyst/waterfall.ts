import type { JaegerTrace } from '../jaeger/jaeger-trace'
import { adoptOrphans } from './adopt-orphans'
import { alignClocks } from './align-clocks'
import { findCriticalPath } from './critical-path'
import { greatestOf, leastOf } from './extremes'
import { type Hop, hopOf, isOfBrowser } from './hop'
import { findOperation, stepOf } from './order-spans'
import { buildSpanTree, type SpanNode, type SpanTree, subtree } from './span-tree'

/** One span as a line of a picture. Times in ms since the trace's first span began, clocks aligned. */
export interface WaterfallRow {
  spanId: string
  depth: number
  service: string
  name: string
  hop: Hop
  start: number
  end: number
  failed: boolean
  /** What the span says of its failure. */
  message: string
  /** Its parent did not come. */
  isOrphan: boolean
  /** When it was what the end had to wait for. */
  critical: [start: number, end: number][]
}

/** A trace to look at, as plain data. */
export interface Waterfall {
  traceId: string
  /** When ms 0 was, ms since 1970. */
  epoch: number
  start: number
  end: number
  rows: WaterfallRow[]
}

/** Puts a trace's spans in the order of its tree, with the critical path of its operation. */
export function describeWaterfall(trace: JaegerTrace): Waterfall {
  const tree = buildSpanTree(trace)
  const root = findRoot(tree)
  if (root) adoptOrphans(tree, root)
  const isAligned = new Set(root && subtree(root))
  alignClocks({ roots: [...(root ? [root] : []), ...tree.roots.filter((node) => !isAligned.has(node))] })
  const critical = new Map<SpanNode, [number, number][]>()
  for (const { node, start, end } of root ? findCriticalPath(root) : []) {
    const own = critical.get(node) ?? []
    critical.set(node, own)
    own.push([start, end])
  }
  const rows = inOrder(tree.nodes).map(({ node, depth }) => describeRow(node, { depth, critical: critical.get(node) }))
  const [start, end] = [leastOf(rows.map((row) => row.start)), greatestOf(rows.map((row) => row.end))]
  return { traceId: trace.traceId, epoch: tree.epoch, start, end, rows }
}

/** The operation over all its pages, as it is counted; else whatever began first. */
function findRoot(tree: SpanTree): SpanNode | undefined {
  const first = tree.nodes.find(({ span }) => isOfBrowser(span) && stepOf(span) !== undefined)
  return first ? findOperation(tree, first.span.service, stepOf(first.span)) : tree.roots[0]
}

function describeRow(
  node: SpanNode,
  { depth, critical = [] }: { depth: number; critical: [number, number][] | undefined },
): WaterfallRow {
  const { span, start, end, isOrphan } = node
  return {
    spanId: span.spanId,
    depth,
    service: span.service,
    name: span.name,
    hop: hopOf(node),
    start,
    end,
    failed: span.status === 'error',
    message: span.statusMessage,
    isOrphan,
    critical,
  }
}

/** Parents before their children, and these by start. No function calls itself, for a trace may be deeper than the stack. */
function inOrder(nodes: readonly SpanNode[]): { node: SpanNode; depth: number }[] {
  const known = new Set(nodes)
  const lastFirst = (some: readonly SpanNode[]) => [...some].sort((a, b) => b.start - a.start)
  // Orphans of an operation over several pages stand under none of them.
  const tops = nodes.filter(({ parent }) => !parent || !known.has(parent))
  const open = lastFirst(tops).map((node) => ({ node, depth: 0 }))
  const found: typeof open = []
  for (let next = open.pop(); next; next = open.pop()) {
    found.push(next)
    const { children } = next.node
    for (const node of lastFirst(children)) open.push({ node, depth: next.depth + 1 })
  }
  return found
}
