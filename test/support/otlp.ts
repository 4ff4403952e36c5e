import { readSpans } from '../../src/otlp/read-spans'
import { type ReceivedSpan, SPAN_KINDS, STATUS_CODES } from '../../src/otlp/received-span'

/** A span as it left the browser, as `createCollector` reads it, with its numbers as they are on the wire. */
export interface SentSpan extends Pick<ReceivedSpan, 'service' | 'traceId' | 'spanId' | 'parentSpanId' | 'name'> {
  /** SPAN_KIND_INTERNAL 1, SERVER 2, CLIENT 3. */
  kind: number
  start: bigint
  end: bigint
  attributes: Record<string, unknown>
  resource: Record<string, unknown>
  /** STATUS_CODE_UNSET 0, OK 1, ERROR 2. */
  status: { code: number; message?: string }
  events: { name: string; attributes: Record<string, unknown> }[]
}

/** @throws Error for a span that no collector would take: what we send is to be read as strictly as what others send */
export function decodeSpans(request: unknown): SentSpan[] {
  const { spans, rejected } = readSpans(request)
  if (rejected.length) throw new Error(rejected.join('\n'))
  return spans.map(toSent)
}

export function toSent({ kind, startTime, endTime, status, events, ...same }: ReceivedSpan): SentSpan {
  return {
    ...same,
    kind: SPAN_KINDS.indexOf(kind),
    start: startTime,
    end: endTime,
    status: { code: STATUS_CODES.indexOf(status.code), ...(status.message && { message: status.message }) },
    events: events.map(({ name, attributes }) => ({ name, attributes })),
  }
}
