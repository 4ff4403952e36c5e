import { type SpanNode, type SpanTree, subtree } from './span-tree'

/**
 * Puts spans whose parent was lost on the way under an operation of their trace, for they were made for it: under the shortest request that
 * lasted meanwhile and whose server's span is missing, else under the operation itself.
 */
export function adoptOrphans({ nodes }: SpanTree, root: SpanNode): void {
  const inside = new Set(subtree(root))
  const above = new Set<SpanNode>()
  for (let node = root.parent; node; node = node.parent) above.add(node)
  const isServer = ({ span }: SpanNode) => span.kind === 'server'
  const unanswered = new Set(
    [...inside]
      .filter(({ span, children }) => span.kind === 'client' && !children.some(isServer))
      .sort((a, b) => a.end - a.start - (b.end - b.start)),
  )
  for (const node of nodes) {
    if (!node.isOrphan || inside.has(node) || above.has(node) || node.end <= root.start) continue
    const request = findRequest(unanswered, node)
    if (request && isServer(node)) unanswered.delete(request)
    node.parent = request ?? root
    node.parent.children.push(node)
  }
}

function findRequest(shortestFirst: Iterable<SpanNode>, { start, end, span }: SpanNode): SpanNode | undefined {
  for (const request of shortestFirst)
    if (request.span.service !== span.service && request.start <= start && request.end >= end) return request
  return undefined
}
