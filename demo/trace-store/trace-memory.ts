import { type SpanRecord, serviceName } from './otlp'

/** How much is kept; when full, the trace that began to arrive first goes first. */
export interface TraceMemoryLimits {
  maxSpans: number
  maxTraces: number
  /** Called once, when the first trace goes. */
  onFull?: (() => void) | undefined
}

/** The recent traces, in memory, newest first when listed. */
export interface TraceMemory {
  /** Keeps the spans; returns how many there was no room for. A span that comes again replaces its earlier self. */
  add(records: SpanRecord[]): number
  /** The spans of one trace, in order of arrival; empty when the trace is not (or no longer) there. */
  trace(traceId: string): SpanRecord[]
  /** Every trace, the newest arrival first. */
  traces(): SpanRecord[][]
  counts(): { traces: number; spans: number; evictedTraces: number }
}

/** Creates an empty memory. */
export function createTraceMemory({ maxSpans, maxTraces, onFull }: TraceMemoryLimits): TraceMemory {
  // A Map keeps its order of insertion, so its first key is always the oldest trace.
  const traces = new Map<string, Map<string, SpanRecord>>()
  let spans = 0
  let evictedTraces = 0

  function evictOldestBut(keptTraceId: string): boolean {
    for (const [traceId, trace] of traces) {
      if (traceId === keptTraceId) continue
      traces.delete(traceId)
      spans -= trace.size
      if (evictedTraces === 0) onFull?.()
      evictedTraces += 1
      return true
    }
    return false
  }

  function addOne(record: SpanRecord): boolean {
    const { traceId } = record.span
    const identity = identify(record)
    const known = traces.get(traceId)
    if (!known?.has(identity)) {
      while (spans >= maxSpans) if (!evictOldestBut(traceId)) return false
      while (!known && traces.size >= maxTraces) if (!evictOldestBut(traceId)) return false
      spans += 1
    }
    const trace = known ?? new Map<string, SpanRecord>()
    trace.set(identity, record)
    if (!known) traces.set(traceId, trace)
    return true
  }

  return {
    add: (records) => records.filter((record) => !addOne(record)).length,
    trace: (traceId) => [...(traces.get(traceId)?.values() ?? [])],
    traces: () => [...traces.values()].reverse().map((trace) => [...trace.values()]),
    counts: () => ({ traces: traces.size, spans, evictedTraces }),
  }
}

/** By more than its id: whoever writes a span with the id of another must not take its place. */
function identify(record: SpanRecord): string {
  const { spanId, name, startTimeUnixNano } = record.span
  return JSON.stringify([spanId, serviceName(record), name, startTimeUnixNano])
}
