import type { ExportRequest, OtlpSpan } from '../../src/otlp/export-request'
import type { ReadSpans } from '../../src/otlp/read-spans'
import type { ReceivedSpan } from '../../src/otlp/received-span'
import { resourceNames } from './allowed-names'
import { cleanAttributes } from './clean-attributes'
import { cleanSpan, refuseSpan, type SpanRefusal, type SpanRules } from './clean-span'
import { DoorRefusal } from './door-refusal'
import { boundName } from './span-names'

/** What of a request may pass. */
export interface CleanRequest {
  request: ExportRequest
  kept: number
  /** How many spans may not, by the reason. */
  refused: Map<SpanRefusal, number>
  droppedAttributes: number
  /** Spans whose `user_id` is not known to be that of whoever is logged in. */
  unconfirmed: number
}

export interface RequestRules extends SpanRules {
  /** The `service.name` that this sender's pages have. */
  service: string
}

/**
 * Writes a request anew, of nothing but what may pass; one span that may not costs the others nothing.
 * @throws DoorRefusal for too many spans, and where there is nothing but spans of another service
 */
export function cleanRequest({ spans, rejected }: ReadSpans, rules: RequestRules): CleanRequest {
  const { limits, service } = rules
  const all = spans.length + rejected.length
  if (all > limits.spans) {
    throw new DoorRefusal('too_large', `the request has ${all} spans, and at most ${limits.spans} are taken at once`)
  }
  const ofService = spans.filter((span) => span.service === service)
  if (spans.length > 0 && ofService.length === 0) {
    throw new DoorRefusal('foreign_service', `only spans of the service "${service}" are taken from here`)
  }
  const result: CleanRequest = { request: {}, kept: 0, refused: new Map(), droppedAttributes: 0, unconfirmed: 0 }
  count(result.refused, 'bad_id', rejected.length)
  count(result.refused, 'foreign_service', spans.length - ofService.length)
  const groups = groupByResource(
    ofService.filter((span) => {
      const refusal = refuseSpan(span, rules)
      if (refusal) count(result.refused, refusal, 1)
      return !refusal
    }),
  )
  result.request = { resourceSpans: groups.map((group) => writeGroup(group, { rules, result })) }
  return result
}

function writeGroup(
  group: [ReceivedSpan, ...ReceivedSpan[]],
  { rules, result }: { rules: RequestRules; result: CleanRequest },
) {
  const [{ resource, scope }] = group
  const { kept, dropped } = cleanAttributes(resource, resourceNames, rules.limits)
  result.droppedAttributes += dropped
  const spans = group.map((span): OtlpSpan => {
    const clean = cleanSpan(span, rules)
    result.kept++
    result.droppedAttributes += clean.droppedAttributes
    result.unconfirmed += Number(clean.isUnconfirmed)
    return clean.span
  })
  const scopeSpans = [{ scope: { name: boundName(scope.name), version: boundName(scope.version) }, spans }]
  return { resource: { attributes: kept }, scopeSpans }
}

/** Spans that came with the same resource and scope go on with it. */
function groupByResource(spans: readonly ReceivedSpan[]): [ReceivedSpan, ...ReceivedSpan[]][] {
  const groups = new Map<ReceivedSpan['scope'], [ReceivedSpan, ...ReceivedSpan[]]>()
  for (const span of spans) {
    const group = groups.get(span.scope)
    if (group) group.push(span)
    else groups.set(span.scope, [span])
  }
  return [...groups.values()]
}

function count(refused: Map<SpanRefusal, number>, reason: SpanRefusal, spans: number): void {
  if (spans > 0) refused.set(reason, (refused.get(reason) ?? 0) + spans)
}
