import type { ReceivedSpan } from '../otlp/received-span'
import { byStart, withoutRepeats } from './group-traces'

/** A span at its place in the tree of its trace. */
export interface TreeRow {
  span: ReceivedSpan
  depth: number
  /** `├─ ` and the like, as it stands before the span in a drawing. */
  branch: string
  /** Its parent did not come. */
  isOrphan: boolean
}

/** The spans of one trace as rows of a tree, each under its parent. What has no parent here is a root of its own. */
export function treeRows(trace: readonly ReceivedSpan[]): TreeRow[] {
  const spans = withoutRepeats(trace).sort(byStart)
  const known = new Set(spans.map(({ spanId }) => spanId))
  const children = new Map<string, ReceivedSpan[]>()
  for (const span of spans) {
    if (!span.parentSpanId) continue
    const siblings = children.get(span.parentSpanId) ?? []
    children.set(span.parentSpanId, [...siblings, span])
  }
  const drawn = new Set<ReceivedSpan>()
  const rowsOf = (span: ReceivedSpan, depth: number, branch: string, lead: string): TreeRow[] => {
    // Spans that are each other's parents would go round for ever.
    if (drawn.has(span)) return []
    drawn.add(span)
    const below = children.get(span.spanId) ?? []
    const isOrphan = depth === 0 && span.parentSpanId !== undefined
    return [
      { span, depth, branch, isOrphan },
      ...below.flatMap((child, index) => {
        const [turn, rail] = index === below.length - 1 ? ['└─ ', '   '] : ['├─ ', '│  ']
        return rowsOf(child, depth + 1, lead + turn, lead + rail)
      }),
    ]
  }
  const roots = spans.filter(({ parentSpanId }) => !parentSpanId || !known.has(parentSpanId))
  return [...roots, ...spans].flatMap((root) => rowsOf(root, 0, '', ''))
}
