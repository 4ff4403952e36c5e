import { createJaegerClient } from '../jaeger/client'
import type { JaegerSpan } from '../jaeger/jaeger-trace'
import type { ReceivedSpan } from '../otlp/received-span'
import { createSignal, type Signal } from '../traces/signal'
import { count } from '../traces/trace-log'

/** What a Jaeger has said so far of some traces. */
export interface JaegerAnswers extends Pick<Signal, 'onChange'> {
  spans(): ReceivedSpan[]
  /** Asks for traces once. It never rejects: what went wrong is in `summary`, for a Jaeger may be there a moment later. */
  ask(traceIds: readonly string[], signal: AbortSignal): Promise<void>
  /** Why nothing can be said yet of what is not in these traces; undefined once it has answered with a span of one. */
  pending(traceIds: readonly string[]): string | undefined
  summary(): string
}

/** A test is not to be what a Jaeger goes down by. */
const AT_ONCE = 4

/** @throws JaegerError when the address is none */
export function createJaegerAnswers(url: string, headers: Readonly<Record<string, string>> = {}): JaegerAnswers {
  const client = createJaegerClient({ url, headers })
  const { notify, onChange } = createSignal()
  const found = new Map<string, ReceivedSpan[]>()
  let problem: string | undefined

  async function askFor(traceId: string, signal: AbortSignal): Promise<void> {
    try {
      const trace = await client.trace(traceId, { signal })
      problem = undefined
      if (!trace || trace.spans.length === found.get(traceId)?.length) return
      found.set(traceId, trace.spans.map(asReceived))
      notify()
    } catch (error) {
      if (!signal.aborted) problem = error instanceof Error ? error.message : String(error)
      else problem ??= 'it did not answer in time'
    }
  }

  return {
    onChange,
    spans: () => [...found.values()].flat(),
    async ask(traceIds, signal) {
      const left = [...traceIds]
      const askOn = async () => {
        for (let next = left.pop(); next !== undefined && !signal.aborted; next = left.pop()) await askFor(next, signal)
      }
      await Promise.all(Array.from({ length: AT_ONCE }, askOn))
    },
    pending: (traceIds) =>
      traceIds.some((traceId) => found.get(traceId)?.length)
        ? undefined
        : `Jaeger at ${client.url} has no span of ${traceIds.length === 1 ? 'this trace' : 'these traces'} yet.`,
    summary: () =>
      [
        `Jaeger at ${client.url} has ${count([...found.values()].flat().length, 'span')} of ${found.size} of these traces.`,
        ...(problem === undefined ? [] : [`When it was last asked: ${problem}`]),
      ].join('\n'),
  }
}

function asReceived(span: JaegerSpan): ReceivedSpan {
  const { start, end, status, statusMessage, attributes, resource, links } = span
  return {
    service: span.service,
    name: span.name,
    kind: span.kind,
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    startTime: start,
    endTime: end,
    durationMs: Number(end - start) / 1e6,
    attributes: attributes as ReceivedSpan['attributes'],
    resource: resource as ReceivedSpan['resource'],
    scope: { name: '', version: '' },
    status: { code: status, message: statusMessage },
    events: span.events.map((event) => ({ ...event, attributes: event.attributes as ReceivedSpan['attributes'] })),
    links: links.map((link) => ({ ...link, attributes: {} })),
  }
}
