import { parseGoDuration } from './go-duration'
import { parseRfc3339 } from './rfc3339'

/** What a search asks for. Times and durations in nanoseconds; an empty string or 0 means "any". */
export interface TraceQuery {
  serviceName: string
  operationName: string
  attributes: [string, string][]
  startTimeMin: bigint
  startTimeMax: bigint
  durationMin: bigint
  durationMax: bigint
  /** At most so many traces. */
  searchDepth: number
}

/** A search that cannot be answered, in the words of Jaeger's query API. */
export class BadQuery extends Error {}

/** As many as Jaeger gives when nothing is asked. */
const DEFAULT_SEARCH_DEPTH = 100

/**
 * Reads the parameters of `GET /api/v3/traces`, camelCase or the older snake_case.
 * @throws BadQuery
 */
export function parseTraceQuery(params: URLSearchParams): TraceQuery {
  const query: TraceQuery = {
    serviceName: parameter(params, 'query.serviceName').value,
    operationName: parameter(params, 'query.operationName').value,
    attributes: parsed(params, 'query.attributes', parseStringMap) ?? [],
    startTimeMin: parsed(params, 'query.startTimeMin', parseRfc3339) ?? required(),
    startTimeMax: parsed(params, 'query.startTimeMax', parseRfc3339) ?? required(),
    durationMin: parsed(params, 'query.durationMin', parseGoDuration) ?? 0n,
    durationMax: parsed(params, 'query.durationMax', parseGoDuration) ?? 0n,
    searchDepth: parseDepth(params) || DEFAULT_SEARCH_DEPTH,
  }
  // Not one of this store's features; answering as if it had been read would give more than was asked for.
  if (params.get('query.filter')) throw new BadQuery('query.filter is not supported by this store')
  return query
}

/** One parameter under its camelCase name or the snake_case one of earlier versions; the first that is not empty counts. */
export function parameter(params: URLSearchParams, name: string): { name: string; value: string } {
  const value = params.get(name)
  if (value) return { name, value }
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return { name: snake, value: params.get(snake) ?? '' }
}

/** Reads one parameter, or gives undefined when it is absent. */
export function parsed<T>(params: URLSearchParams, wanted: string, parse: (text: string) => T): T | undefined {
  const { name, value } = parameter(params, wanted)
  if (!value) return undefined
  try {
    return parse(value)
  } catch (error) {
    throw new BadQuery(`malformed parameter ${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function required(): never {
  throw new BadQuery('query.startTimeMin and query.startTimeMax are required')
}

function parseDepth(params: URLSearchParams): number {
  // num_traces is what the parameter was called first; Jaeger still takes it.
  return parsed(params, 'query.searchDepth', parseCount) ?? parsed(params, 'query.numTraces', parseCount) ?? 0
}

function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`parsing "${text}": invalid syntax`)
  return Number(text)
}

function parseStringMap(text: string): [string, string][] {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not a map of strings')
  return Object.entries(value).map(([key, entry]: [string, unknown]) => {
    if (typeof entry !== 'string') throw new Error(`the value of "${key}" is not a string`)
    return [key, entry]
  })
}
