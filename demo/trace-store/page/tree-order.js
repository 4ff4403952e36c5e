/**
 * The spans below their parents, by start, each with its depth. What was sent need be no tree: parents are missing, go round in a circle, are
 * the span itself, and two spans have one id. Each span is in the order once all the same; of a circle the first span is a root. Without
 * recursion, since a chain may be as long as the store is large.
 */
export function inTreeOrder(spans) {
  const byStart = [...spans].sort((a, b) => a.start - b.start)
  const ids = new Set(byStart.map((span) => span.id))
  const isRoot = (span) => !span.parentId || !ids.has(span.parentId)
  const children = groupByParent(byStart)
  const placed = new Set()
  const ordered = []
  const place = (root) => {
    const waiting = [[root, 0]]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [span, depth] = next
      if (placed.has(span)) continue
      placed.add(span)
      ordered.push({ ...span, depth, orphan: Boolean(span.parentId) && isRoot(span) })
      for (const child of children.get(span.id)?.reverse() ?? []) waiting.push([child, depth + 1])
      // Those of two spans with one id are below the first.
      children.delete(span.id)
    }
  }
  for (const span of byStart) if (isRoot(span)) place(span)
  // What is left goes round in circles.
  for (const span of byStart) place(span)
  return ordered
}

function groupByParent(spans) {
  const groups = new Map()
  for (const span of spans) {
    const group = groups.get(span.parentId) ?? []
    group.push(span)
    groups.set(span.parentId, group)
  }
  return groups
}
