import { ERROR_TYPE, ORDER_ID, ORDER_OUTCOME, USER_ID } from '../attributes'
import type { ReceivedSpan } from '../otlp/received-span'
import { groupTraces } from './group-traces'
import { type TreeRow, treeRows } from './trace-tree'

/** More would hide what matters; the attachment of the report has them all. */
const MOST_TRACES = 5

/** Every trace as a tree, one line a span: service and name, duration, ids, what went wrong. */
export function drawTraces(spans: readonly ReceivedSpan[], first: readonly string[] = []): string {
  const traces = [...groupTraces(spans)].sort(([a], [b]) => Number(first.includes(b)) - Number(first.includes(a)))
  const drawn = traces.slice(0, MOST_TRACES).map(([traceId, trace]) => `trace ${traceId}\n${drawTrace(trace)}`)
  if (traces.length > MOST_TRACES) drawn.push(`and ${traces.length - MOST_TRACES} more traces`)
  return drawn.join('\n\n')
}

export function drawTrace(trace: readonly ReceivedSpan[]): string {
  const rows = treeRows(trace).map((row) => ({
    label: `${row.branch}${row.span.service || '?'}: ${row.span.name}`,
    duration: formatDuration(row.span.durationMs),
    remarks: remarksOn(row, trace),
  }))
  const width = Math.max(0, ...rows.map(({ label }) => label.length))
  const durationWidth = Math.max(0, ...rows.map(({ duration }) => duration.length))
  return rows
    .map(({ label, duration, remarks }) =>
      `  ${label.padEnd(width)}  ${duration.padStart(durationWidth)}  ${remarks.join('  ')}`.trimEnd(),
    )
    .join('\n')
}

function remarksOn({ span, isOrphan }: TreeRow, trace: readonly ReceivedSpan[]): string[] {
  const named = [ORDER_ID, USER_ID, ORDER_OUTCOME].flatMap((name) =>
    span.attributes[name] === undefined ? [] : [`${name}=${span.attributes[name]}`],
  )
  const times = trace.filter(({ spanId }) => spanId === span.spanId).length
  return [
    ...named,
    ...(span.status.code === 'error'
      ? [`ERROR ${span.status.message || (span.attributes[ERROR_TYPE] ?? '')}`.trim()]
      : []),
    ...(isOrphan ? [`(its parent ${span.parentSpanId} did not come)`] : []),
    ...(times > 1 ? [`(came ${times} times)`] : []),
  ]
}

/** In the unit a person would say: `850 µs`, `12.3 ms`, `1.24 s`. */
export function formatDuration(milliseconds: number): string {
  if (Math.abs(milliseconds) < 1) return `${Math.round(milliseconds * 1000)} µs`
  if (Math.abs(milliseconds) < 1000) return `${milliseconds.toFixed(1)} ms`
  return `${(milliseconds / 1000).toFixed(2)} s`
}
