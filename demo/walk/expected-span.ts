import type { TraceSpan } from './trace-span'

/** One span that a trace must hold, and which other must be among its ancestors. */
export interface Expected {
  what: string
  is(span: TraceSpan): boolean
  under?: Expected
}

interface Place {
  service: string
  under?: Expected
}

/** A span of a service by its name. */
export function expectSpan({ what, service, name, under }: Place & { what: string; name: string | RegExp }): Expected {
  const fits = (found: string) => (typeof name === 'string' ? found === name : name.test(found))
  return place({ what, is: (span) => span.service === service && fits(span.name) }, under)
}

/** One end of an HTTP request. */
export function expectRequest({
  what,
  service,
  kind,
  under,
}: Place & { what: string; kind: 'client' | 'server' }): Expected {
  return place({ what, is: (span) => span.service === service && span.kind === kind && isRequest(span) }, under)
}

/** What a service asked of its database. */
export function expectStatement({ service, statement, under }: Place & { statement: RegExp }): Expected {
  const is = (span: TraceSpan) => span.service === service && statement.test(readStatement(span))
  return place({ what: `${statement.source} of ${service}`, is }, under)
}

/** A message handed to the queue. */
export function expectPublish({ service, queue, under }: Place & { queue: string }): Expected {
  const is = (span: TraceSpan) => span.service === service && span.kind === 'producer' && isOfQueue(span, queue)
  return place({ what: `publish to ${queue} by ${service}`, is }, under)
}

/** A message taken from the queue. */
export function expectProcess({ service, queue, under }: Place & { queue: string }): Expected {
  const is = (span: TraceSpan) => span.service === service && span.kind === 'consumer' && isOfQueue(span, queue)
  return place({ what: `process from ${queue} by ${service}`, is }, under)
}

function place(expected: Expected, under: Expected | undefined): Expected {
  return under ? { ...expected, under } : expected
}

function isRequest({ attributes }: TraceSpan): boolean {
  return Boolean(attributes['http.request.method'] ?? attributes['http.method'])
}

/** With a prefix where two systems share a server. */
function isOfQueue({ attributes }: TraceSpan, queue: string): boolean {
  return attributes['messaging.destination.name']?.endsWith(queue) ?? false
}

function readStatement(span: TraceSpan): string {
  return span.attributes['db.query.text'] ?? span.attributes['db.statement'] ?? span.name
}
