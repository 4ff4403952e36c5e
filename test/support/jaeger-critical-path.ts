import type { SpanNode } from '../../src/analyst/span-tree'

interface Kept {
  id: string
  start: number
  end: number
  children: Kept[]
}

/**
 * The critical path that Jaeger's own page would draw for a tree, written from what is known of its rules (jaeger-ui, `TracePage/CriticalPath`, 2026):
 * - a consumer right below a producer is left out, with everything below; another one stays
 * - a child that lies beside its parent is left out, and one that overflows is cut, by the parent as it was cut itself
 * - from the end of a span the path goes into the child that ended last; back from a child, into the sibling that ended last before that
 *   child began, and truly before: one that ended at that very moment is passed over
 * - where there is none, the span itself was at work
 * @returns pieces as `span from–to`, by time
 */
export function jaegerCriticalPath(root: SpanNode): string[] {
  const pieces = follow(keep(root, root.start, root.end))
  return pieces.filter(({ start, end }) => end > start).map(({ id, start, end }) => `${id} ${start}–${end}`)
}

function keep(node: SpanNode, start: number, end: number): Kept {
  const children = node.children.flatMap((child) => {
    const isBeside = child.start >= end || (child.start < start && child.end <= start)
    const isAsynchronous = node.span.kind === 'producer' && child.span.kind === 'consumer'
    return isBeside || isAsynchronous ? [] : [keep(child, Math.max(child.start, start), Math.min(child.end, end))]
  })
  return { id: node.span.spanId, start, end, children }
}

/** The pieces of a span by time, those of its children among them. */
function follow(span: Kept): { id: string; start: number; end: number }[] {
  const pieces: { id: string; start: number; end: number }[] = []
  let open = span.end
  let next = lastOf(span.children)
  while (next) {
    pieces.unshift({ id: span.id, start: next.end, end: open })
    pieces.unshift(...follow(next))
    open = next.start
    const before = open
    next = lastOf(span.children.filter(({ end }) => end < before))
  }
  return [{ id: span.id, start: span.start, end: open }, ...pieces]
}

function lastOf(spans: readonly Kept[]): Kept | undefined {
  return spans.reduce<Kept | undefined>((last, span) => (last && last.end >= span.end ? last : span), undefined)
}
