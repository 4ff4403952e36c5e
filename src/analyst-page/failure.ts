import { JaegerError } from '../jaeger/jaeger-error'
import type { Failure } from './protocol'

/** What went wrong, as plain data: errors lose their kind on the way from the worker to the page. */
export function describeFailure(error: unknown): Failure {
  const problem = error instanceof JaegerError ? error.problem : 'other'
  return { problem, message: error instanceof Error ? error.message : String(error) }
}
