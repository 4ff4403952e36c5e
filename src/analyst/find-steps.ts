import { HTTP_METHOD } from '../attributes'
import { isOfBrowser } from './hop'
import { findOperation, stepOf } from './order-spans'
import { type SpanNode, type SpanTree, subtree } from './span-tree'

/** The spans of a trace that are steps of an order: operations of a page, or what servers did for one that was lost. */
export function findSteps(tree: SpanTree): SpanNode[] {
  const operations = tree.nodes.filter(({ span }) => isOfBrowser(span) && stepOf(span) !== undefined)
  // One that went on on a later page is one step.
  const each = new Map(operations.map(({ span }) => [`${stepOf(span)} ${span.service}`, span]))
  const steps = [...each.values()].flatMap((span) => findOperation(tree, span.service, stepOf(span)) ?? [])
  if (steps.length > 0) return steps
  // A page's request that was no part of an operation is a look; one whose parent is missing was a part of something.
  const cut = tree.roots.filter((root) => root.isOrphan || !isOfBrowser(root.span))
  return cut.flatMap((root) => subtree(root).find(isChange) ?? [])
}

function isChange({ span: { kind, name, attributes } }: SpanNode): boolean {
  const method = attributes[HTTP_METHOD] ?? attributes['http.method'] ?? name.split(' ')[0]
  return kind === 'server' && /^(POST|PUT|PATCH|DELETE)$/.test(String(method))
}
