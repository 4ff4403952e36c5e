import type { SpanNode } from './span-tree'

/** For so long this span itself was what the end had to wait for. Times as in {@link SpanNode}. */
export interface PathSegment {
  node: SpanNode
  start: number
  end: number
}

/**
 * Children that follow each other may seem to overlap a little, for the clocks of spans are rounded (Node's begin at whole milliseconds): by so
 * much, ms, they count as one after the other. It does not grow with how long they last.
 */
const ROUNDING_MS = 1.5

/**
 * The critical path of a span: what its end had to wait for, piece by piece, by time. The pieces cover it exactly, from its start to its
 * end. Walked backwards: whatever child finished last is what the span waited for, until that child's start; then the one that finished
 * last before it; between them the span itself was at work. What runs beyond its parent counts as far as the parent lasted, and what was
 * only set off (a message's consumer, work after the end) does not count.
 * @param roundingMs 0 for spans whose times are exact
 */
export function findCriticalPath(root: SpanNode, roundingMs = ROUNDING_MS): PathSegment[] {
  const backwards: PathSegment[] = []
  // No function calls itself, for a trace may be deeper than the stack.
  const stretches = [stretchOf(root, root.start, root.end)]
  for (let stretch = stretches.at(-1); stretch; stretch = stretches.at(-1)) {
    const { node, from, time } = stretch
    const next = nextAwaited(stretch, roundingMs)
    if (!next) {
      if (time > from) backwards.push({ node, start: from, end: time })
      stretches.pop()
      continue
    }
    if (next.end < time) backwards.push({ node, start: next.end, end: time })
    stretch.time = next.start
    stretches.push(stretchOf(next.child, next.start, Math.min(next.end, time)))
  }
  return backwards.reverse()
}

interface Awaited {
  child: SpanNode
  start: number
  end: number
}

/** A part of a span on the way back: up to `time` the path is still to be found. */
interface Stretch {
  node: SpanNode
  from: number
  time: number
  /** What may have been waited for, the last finished at the end; taken off as they come. */
  awaited: Awaited[]
}

function stretchOf(node: SpanNode, from: number, until: number): Stretch {
  const awaited = node.children
    .filter((child) => isAwaited(child, from, until))
    .map((child) => ({ child, start: Math.max(child.start, from), end: Math.min(child.end, until) }))
    .sort((a, b) => b.end - a.end || a.start - b.start)
    .reverse()
  return { node, from, time: until, awaited }
}

function nextAwaited({ awaited, time }: Stretch, roundingMs: number): Awaited | undefined {
  for (let next = awaited.pop(); next; next = awaited.pop())
    // Otherwise it was still under way when what came after it had begun: nobody waited for it.
    if (next.start < time && next.end - time <= roundingMs) return next
  return undefined
}

function isAwaited({ span, start, end }: SpanNode, from: number, until: number): boolean {
  return span.kind !== 'consumer' && end > start && start < until && end > from
}
