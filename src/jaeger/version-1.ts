import { fieldsOf, listOf, textOf } from './fields'
import type { QueryApi } from './query-api'
import { readVersion1Spans } from './read-version-1'
import { DEFAULT_DEPTH, goDuration } from './trace-query'
import { textsOf } from './version-3'

/** The API of Jaeger's own page, which Jaegers without version 3 have. Times are whole microseconds. */
export const version1: QueryApi = {
  version: 1,
  servicesPath: () => '/api/services',
  operationsPath: (service) => `/api/services/${encodeURIComponent(service)}/operations`,
  tracePath: (traceId) => `/api/traces/${traceId}`,
  searchPath({ service, operation, attributes, from, to, longerThan, shorterThan, depth = DEFAULT_DEPTH }) {
    const parameters = new URLSearchParams({
      service,
      start: String(Math.round(from * 1000)),
      end: String(Math.round(to * 1000)),
      limit: String(depth),
    })
    if (operation) parameters.set('operation', operation)
    if (attributes) parameters.set('tags', JSON.stringify(attributes))
    if (longerThan !== undefined) parameters.set('minDuration', goDuration(longerThan))
    if (shorterThan !== undefined) parameters.set('maxDuration', goDuration(shorterThan))
    return `/api/traces?${parameters}`
  },
  readServices: (body) => textsOf(fieldsOf(body).data),
  readOperations: (body) => textsOf(fieldsOf(body).data),
  readSpans: (body) => readVersion1Spans(fieldsOf(body).data),
  readProblem({ body }) {
    const messages = listOf(fieldsOf(body).errors).map(({ msg }) => textOf(msg))
    return messages.filter(Boolean).join('; ') || undefined
  },
}
