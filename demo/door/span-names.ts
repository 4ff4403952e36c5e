import {
  DOCUMENT_FETCH_SPAN,
  DOCUMENT_LOAD_SPAN,
  ORDER_SPAN_PREFIX,
  RESOURCE_FETCH_SPAN,
  ROUTE_SPAN_PREFIX,
} from '../../src/attributes'

/** A step and a step within it, 64 characters each, as the SDK mends them. */
const step = /^[\p{L}\p{N}_.-]{1,129}$/u
/** A template has no blanks; a segment of it is short, or was masked. */
const route = /^\/[^\s\p{C}]{0,255}$/u
const request = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|QUERY|HTTP)$/
const ofDocument: readonly string[] = [DOCUMENT_LOAD_SPAN, DOCUMENT_FETCH_SPAN, RESOURCE_FETCH_SPAN]

/** Could the SDK have given a span this name? Names are listed, searched and counted by, so none is free text. */
export function isSpanName(name: string): boolean {
  if (name.startsWith(ORDER_SPAN_PREFIX)) return step.test(name.slice(ORDER_SPAN_PREFIX.length))
  if (name.startsWith(ROUTE_SPAN_PREFIX)) return route.test(name.slice(ROUTE_SPAN_PREFIX.length))
  return request.test(name) || ofDocument.includes(name)
}

const fewDifferent = /^[\w.:-]{1,64}$/

/** What went wrong or happened, as something to group by; anything else is `_OTHER`, as in the conventions of OpenTelemetry. */
export function boundName(name: string): string {
  return fewDifferent.test(name) ? name : '_OTHER'
}
