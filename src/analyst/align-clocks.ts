import { type SpanNode, type SpanTree, subtree } from './span-tree'

/**
 * Moves the spans of services whose clocks differ, so that nothing happens before what caused it: a request is answered between its sending
 * and its answer. Of all offsets that make that true for every request between two services the middle one is taken, as if the way there and
 * back took equally long; where the clocks can be right, nothing moves.
 */
export function alignClocks({ roots }: Pick<SpanTree, 'roots'>): void {
  for (const root of roots) alignBelow(root)
}

function alignBelow(root: SpanNode): void {
  const nodes = subtree(root)
  const aligned = new Set([root.span.service])
  for (;;) {
    const crossings = nodes.filter(
      ({ parent, span }) => parent && aligned.has(parent.span.service) && !aligned.has(span.service),
    )
    const service = crossings[0]?.span.service
    if (service === undefined) return
    const own = crossings.filter(({ span }) => span.service === service)
    const offset = findOffset(own)
    if (offset !== 0) move(nodes, servicesBehind(own, aligned), offset)
    aligned.add(service)
  }
}

function findOffset(crossings: readonly SpanNode[]): number {
  let least = Number.NEGATIVE_INFINITY
  let most = Number.POSITIVE_INFINITY
  for (const { parent, start, end, span } of crossings) {
    if (!parent) continue
    least = Math.max(least, parent.start - start)
    // A message is handled whenever it is, and a server may go on when nobody waits for its answer any more.
    const isAnswered = span.kind !== 'consumer' && end - start <= parent.end - parent.start
    if (isAnswered) most = Math.min(most, parent.end - end)
  }
  if (least <= 0 && most >= 0) return 0
  // Clocks do not explain it: no offset makes every request true. What cannot be is that something began before its cause.
  if (most < least || most === Number.POSITIVE_INFINITY) return Math.max(0, least)
  return (least + most) / 2
}

/**
 * The service and those that it led to, also by a message: servers' clocks agree with each other rather than with a browser's, so they move
 * together. What was compared already stays.
 */
function servicesBehind(crossings: readonly SpanNode[], aligned: ReadonlySet<string>): Set<string> {
  const isOpen = ({ span }: SpanNode) => !aligned.has(span.service)
  return new Set(crossings.flatMap((node) => subtree(node, isOpen)).map(({ span }) => span.service))
}

function move(nodes: readonly SpanNode[], services: ReadonlySet<string>, offset: number): void {
  for (const node of nodes) {
    if (!services.has(node.span.service)) continue
    node.start += offset
    node.end += offset
  }
}
