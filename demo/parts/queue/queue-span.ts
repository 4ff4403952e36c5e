import { context, propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api'
import { endAfter } from '../tracing/end-after'

/** Trace context and baggage in the form of HTTP headers. */
export type Headers = Record<string, string>

interface Subject {
  system: 'postgresql' | 'rabbitmq'
  queue: string
  messageId: string
}

/** The active trace context and baggage, to be kept with something that goes on later. */
export function writeHeaders(): Headers {
  const headers: Headers = {}
  propagation.inject(context.active(), headers)
  return headers
}

/** Runs `fn` where {@link writeHeaders} was called, as far as the trace is concerned. */
export function inContextOf<T>(headers: Headers, fn: () => T): T {
  return context.with(propagation.extract(ROOT_CONTEXT, headers), fn)
}

/** A producer's span round `fn`, which sends the headers that it is given. */
export function withProducerSpan<T>(subject: Subject, fn: (headers: Headers) => Promise<T>): Promise<T> {
  const options = { kind: SpanKind.PRODUCER, attributes: describe(subject, 'send') }
  return trace
    .getTracer('queue')
    .startActiveSpan(`publish ${subject.queue}`, options, (span) => endAfter(span, () => fn(writeHeaders())))
}

/** A consumer's span round `fn`: the child of the producer's, whose headers these are. */
export function withConsumerSpan<T>(subject: Subject, headers: Headers, fn: () => Promise<T>): Promise<T> {
  const options = { kind: SpanKind.CONSUMER, attributes: describe(subject, 'process') }
  return inContextOf(headers, () =>
    trace.getTracer('queue').startActiveSpan(`process ${subject.queue}`, options, (span) => endAfter(span, fn)),
  )
}

/** https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/ */
function describe({ system, queue, messageId }: Subject, operation: 'send' | 'process'): Record<string, string> {
  return {
    'peer.service': 'queue',
    'messaging.system': system,
    'messaging.destination.name': queue,
    'messaging.operation.type': operation,
    'messaging.message.id': messageId,
  }
}
