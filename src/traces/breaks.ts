import { ORDER_ID, USER_ID } from '../attributes'
import type { ReceivedSpan } from '../otlp/received-span'
import { groupTraces, withoutRepeats } from './group-traces'

export interface UnbrokenRules {
  /** Whether a trace may begin elsewhere: one span, or several with the same parent, that has not come. Default: false. */
  remoteParent?: boolean
}

/** What is broken in the traces, in words: more than one root, spans without their parent, spans that came twice, ids that some spans lack. */
export function breaksOf(spans: readonly ReceivedSpan[], { remoteParent = false }: UnbrokenRules = {}): string[] {
  return [...groupTraces(spans)].flatMap(([traceId, trace]) =>
    [...repeats(trace), ...breaksInTree(withoutRepeats(trace), remoteParent), ...missingIds(trace)].map(
      (problem) => `trace ${traceId}: ${problem}`,
    ),
  )
}

const label = ({ service, name, spanId }: ReceivedSpan) => `${service || '?'}: ${name} (span ${spanId})`

function repeats(trace: readonly ReceivedSpan[]): string[] {
  return withoutRepeats(trace).flatMap((span) => {
    const times = trace.filter(({ spanId }) => spanId === span.spanId).length
    return times > 1 ? [`${label(span)} came ${times} times`] : []
  })
}

function breaksInTree(trace: readonly ReceivedSpan[], remoteParent: boolean): string[] {
  const known = new Set(trace.map(({ spanId }) => spanId))
  const roots = trace.filter(({ parentSpanId }) => parentSpanId === undefined)
  const orphans = trace.filter(({ parentSpanId }) => parentSpanId !== undefined && !known.has(parentSpanId))
  const parents = new Set(orphans.map(({ parentSpanId }) => parentSpanId))
  if (remoteParent && roots.length === 0 && parents.size === 1) return []
  return [
    ...(roots.length > 1 ? [`it has ${roots.length} roots: ${roots.map(label).join(', ')}`] : []),
    ...(roots.length === 0 && orphans.length === 0 ? ['it has no root: its spans are parents of each other'] : []),
    ...orphans.map((orphan) => `the parent ${orphan.parentSpanId} of ${label(orphan)} did not come`),
  ]
}

/** What one span of a trace knows of the order and the user, each knows. */
function missingIds(trace: readonly ReceivedSpan[]): string[] {
  return [ORDER_ID, USER_ID].flatMap((name) => {
    const values = new Set(trace.map(({ attributes }) => attributes[name]).filter((value) => value !== undefined))
    const [value] = values
    if (values.size > 1) return [`it has several ${name}: ${[...values].join(', ')}`]
    if (value === undefined) return []
    const without = trace.filter(({ attributes }) => attributes[name] === undefined)
    return without.map((span) => `${label(span)} has no ${name}, the others have ${value}`)
  })
}
