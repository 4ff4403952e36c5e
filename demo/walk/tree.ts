import type { TraceSpan } from './trace-span'

const ID_COLUMNS = ['order_id', 'user_id'] as const

/**
 * Draws a trace as a tree, one line a span: what it is, how long it took, its ids, and its status when it failed. A span
 * whose parent is not there is drawn as a root and says so, since a hole in the trace is just what one looks for.
 */
export function drawTree(spans: TraceSpan[]): string {
  const known = new Set(spans.map((span) => span.spanId))
  const roots = spans.filter((span) => !span.parentSpanId || !known.has(span.parentSpanId))
  const rows = sorted(roots).flatMap((root) =>
    rowsOf(root, spans, { lead: '', branch: '', orphan: !!root.parentSpanId }),
  )
  const width = Math.max(0, ...rows.map((row) => row.label.length))
  const durations = Math.max(0, ...rows.map((row) => row.duration.length))
  return rows
    .map((row) => `${row.label.padEnd(width)}  ${row.duration.padStart(durations)}  ${row.rest}`.trimEnd())
    .join('\n')
}

interface Row {
  label: string
  duration: string
  rest: string
}

function rowsOf(span: TraceSpan, all: TraceSpan[], place: { lead: string; branch: string; orphan: boolean }): Row[] {
  const children = sorted(all.filter((candidate) => candidate.parentSpanId === span.spanId && candidate !== span))
  const row = {
    label: `${place.branch}${span.service || '?'}: ${span.name}`,
    duration: formatDuration(span.end - span.start),
    rest: [...ids(span), status(span), place.orphan ? `(parent ${span.parentSpanId} is missing)` : '']
      .filter(Boolean)
      .join('  '),
  }
  const below = children.flatMap((child, index) => {
    const last = index === children.length - 1
    return rowsOf(child, all, {
      lead: `${place.lead}${last ? '   ' : '│  '}`,
      branch: `${place.lead}${last ? '└─ ' : '├─ '}`,
      orphan: false,
    })
  })
  return [row, ...below]
}

function ids(span: TraceSpan): string[] {
  return ID_COLUMNS.map((name) => `${name}=${span.attributes[name] ?? '–'}`)
}

function status(span: TraceSpan): string {
  return span.failed ? `ERROR ${span.statusMessage || (span.attributes['error.type'] ?? '')}`.trimEnd() : ''
}

function sorted(spans: TraceSpan[]): TraceSpan[] {
  return [...spans].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
}

/** Nanoseconds in the unit a person would say: `850 µs`, `12.3 ms`, `1.24 s`. */
export function formatDuration(nanoseconds: bigint): string {
  const value = Number(nanoseconds)
  if (Math.abs(value) < 1e6) return `${Math.round(value / 1e3)} µs`
  if (Math.abs(value) < 1e9) return `${(value / 1e6).toFixed(1)} ms`
  return `${(value / 1e9).toFixed(2)} s`
}
