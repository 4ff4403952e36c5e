import type { JaegerSpan, JaegerTrace } from '../jaeger/jaeger-trace'

/** A span in its trace. Times are ms since the trace's first span began: a fraction of one survives there, as it would not since 1970. */
export interface SpanNode {
  span: JaegerSpan
  start: number
  end: number
  parent: SpanNode | undefined
  /** By start. */
  children: SpanNode[]
  /** It names a parent that is not in the trace. */
  isOrphan: boolean
}

/** A trace as a tree, or as several where parents are missing. */
export interface SpanTree {
  traceId: string
  /** When ms 0 was, in ms since 1970. */
  epoch: number
  /** Without a parent in the trace, by start. */
  roots: SpanNode[]
  /** By start. */
  nodes: SpanNode[]
}

/** Puts the spans of a trace under their parents. A span whose parents go round in a circle becomes a root. */
export function buildSpanTree({ traceId, spans }: JaegerTrace): SpanTree {
  const origin = spans.reduce((least, { start }) => (start < least ? start : least), spans[0]?.start ?? 0n)
  const since = (time: bigint) => Number(time - origin) / 1e6
  const nodes = spans
    .map((span): SpanNode => {
      return { span, start: since(span.start), end: since(span.end), parent: undefined, children: [], isOrphan: false }
    })
    .sort((a, b) => a.start - b.start)
  const tops = createTops()
  const byId = new Map(nodes.map((node) => [node.span.spanId, node]))
  for (const node of nodes) {
    const { parentSpanId } = node.span
    const parent = parentSpanId === undefined ? undefined : byId.get(parentSpanId)
    node.isOrphan = parentSpanId !== undefined && !parent
    if (!parent || tops.topOf(parent) === node) continue
    tops.link(node, parent)
    node.parent = parent
    parent.children.push(node)
  }
  const roots = nodes.filter(({ parent }) => !parent)
  return { traceId, epoch: Number(origin / 1000n) / 1000, roots, nodes }
}

/** This span and all below it, each once, parents first. What is not included ends its branch. */
export function subtree(node: SpanNode, includes: (node: SpanNode) => boolean = () => true): SpanNode[] {
  // A page may be below another one of its operation, and a part of the whole as well. What is added while a set is gone through is gone through.
  const found = new Set([node])
  for (const { children } of found) for (const child of children) if (includes(child)) found.add(child)
  return [...found]
}

/** Finds the top of the tree that a node is in so far; each look shortens the way for later ones, or a long chain would take hours. */
function createTops(): { topOf(node: SpanNode): SpanNode; link(node: SpanNode, parent: SpanNode): void } {
  const above = new Map<SpanNode, SpanNode>()
  return {
    link: (node, parent) => void above.set(node, parent),
    topOf(node) {
      const passed: SpanNode[] = []
      let top = node
      for (let next = above.get(top); next; next = above.get(top)) {
        passed.push(top)
        top = next
      }
      for (const below of passed) above.set(below, top)
      return top
    },
  }
}
