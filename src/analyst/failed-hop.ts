import { type Hop, hopOf } from './hop'
import { type SpanNode, subtree } from './span-tree'

/** The deepest span that failed, of several the first: where it broke. The failed ones above it only pass it on. */
export function findFailure(root: SpanNode): SpanNode | undefined {
  const failed = subtree(root).filter(({ span }) => span.status === 'error')
  const innermost = failed.filter((node) => !node.children.some((child) => child.span.status === 'error'))
  return innermost.sort((a, b) => a.start - b.start)[0]
}

/** Where it broke; empty when nothing failed. */
export function failedHopOf(root: SpanNode): Hop | '' {
  const failure = findFailure(root)
  return failure ? hopOf(failure) : ''
}
