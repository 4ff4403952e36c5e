import type { JsonAnswer } from './ask'
import type { JaegerSpan } from './jaeger-trace'
import type { TraceQuery } from './trace-query'

/** One version of the query API: its addresses, and how its answers are read. */
export interface QueryApi {
  readonly version: 3 | 1
  servicesPath(): string
  operationsPath(service: string): string
  searchPath(query: TraceQuery): string
  tracePath(traceId: string): string
  readServices(body: unknown): string[]
  readOperations(body: unknown): string[]
  readSpans(body: unknown): JaegerSpan[]
  /** What the API says of its own failure; `undefined` when the answer is none of this API. */
  readProblem(answer: JsonAnswer): string | undefined
}
