import { fieldsOf, listOf, textOf } from './fields'
import type { QueryApi } from './query-api'
import { readOtlpSpans } from './read-otlp'
import { DEFAULT_DEPTH, goDuration } from './trace-query'

/** Jaegers before 2.14 know the parameters by names in snake_case only, and one by another name. */
const OLD_NAMES: Readonly<Record<string, string>> = { 'query.searchDepth': 'query.num_traces' }

/** https://www.jaegertracing.io/docs/latest/architecture/apis/ */
export const version3: QueryApi = {
  version: 3,
  servicesPath: () => '/api/v3/services',
  operationsPath: (service) => `/api/v3/operations?${new URLSearchParams({ service })}`,
  tracePath: (traceId) => `/api/v3/traces/${traceId}`,
  searchPath({ service, operation, attributes, from, to, longerThan, shorterThan, depth = DEFAULT_DEPTH }) {
    const wanted: Record<string, string | undefined> = {
      'query.serviceName': service,
      'query.startTimeMin': new Date(from).toISOString(),
      'query.startTimeMax': new Date(to).toISOString(),
      'query.searchDepth': String(depth),
      'query.operationName': operation,
      'query.attributes': attributes && JSON.stringify(attributes),
      'query.durationMin': longerThan === undefined ? undefined : goDuration(longerThan),
      'query.durationMax': shorterThan === undefined ? undefined : goDuration(shorterThan),
    }
    const parameters = new URLSearchParams()
    for (const [name, value] of Object.entries(wanted)) {
      if (!value) continue
      parameters.set(name, value)
      parameters.set(OLD_NAMES[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value)
    }
    return `/api/v3/traces?${parameters}`
  },
  readServices: (body) => textsOf(fieldsOf(body).services),
  readOperations: (body) => listOf(fieldsOf(body).operations).map(({ name }) => textOf(name)),
  readSpans: (body) => readOtlpSpans(fieldsOf(body).result),
  readProblem({ body }) {
    // That of gRPC's gateway, which some versions have, holds the message itself.
    const { error, message } = fieldsOf(body)
    return textOf(fieldsOf(error).message) || textOf(error) || textOf(message) || undefined
  },
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []
}
