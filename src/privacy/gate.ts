import type { Attributes, AttributeValue } from '@opentelemetry/api'
import type { Redact } from '../options'
import type { Guard } from '../page/guard'
import type { Report } from '../page/report'
import type { FinishedSpan } from '../spans/recorded-span'
import { wrongAttribute } from './attribute-values'
import { scrubText } from './scrub'

/** The last look at a span before delivery: what must not leave the browser is gone after it. */
export type Gate = (span: FinishedSpan) => FinishedSpan

/** @param redact the user's hook; where it throws, the value is dropped: a leak cannot be taken back */
export function createGate(guard: Guard, report: Report, redact: Redact | undefined): Gate {
  const clean = (name: string, value: AttributeValue, span: FinishedSpan): AttributeValue | undefined => {
    const scrubbed = scrubValue(value)
    if (!redact) return scrubbed
    const kept = guard('redact', () => redact(name, scrubbed, { name: span.name }))
    const problem = kept === undefined ? undefined : wrongAttribute(name, kept)
    if (problem) report.misuse(`the option "redact" returned a wrong value: ${problem}`)
    return problem ? undefined : kept
  }
  const cleanAll = (attributes: Attributes, span: FinishedSpan): Attributes => {
    const kept: Attributes = {}
    for (const name of Object.keys(attributes)) {
      const value = attributes[name]
      const cleaned = value == null ? undefined : clean(name, value as AttributeValue, span)
      if (cleaned !== undefined) kept[scrubText(name)] = cleaned
    }
    return kept
  }
  const cleanStatus = (span: FinishedSpan) => {
    const message = span.status.message && clean('status.message', span.status.message, span)
    return typeof message === 'string' && message ? { code: span.status.code, message } : { code: span.status.code }
  }
  // The span itself stays as its owner ended it. A copy, for an object with the span as its prototype is read many times slower.
  return (span) => ({
    ...span,
    spanContext: () => span.spanContext(),
    name: scrubText(span.name),
    attributes: cleanAll(span.attributes, span),
    events: span.events.map((event) => ({
      ...event,
      name: scrubText(event.name),
      attributes: cleanAll(event.attributes ?? {}, span),
    })),
    links: span.links.map((link) => ({ ...link, attributes: cleanAll(link.attributes ?? {}, span) })),
    status: cleanStatus(span),
  })
}

function scrubValue(value: AttributeValue): AttributeValue {
  if (typeof value === 'string') return scrubText(value)
  return Array.isArray(value)
    ? (value.map((item) => (typeof item === 'string' ? scrubText(item) : item)) as AttributeValue)
    : value
}
