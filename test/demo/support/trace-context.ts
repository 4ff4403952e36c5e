import { randomBytes } from 'node:crypto'

/** A sampled trace begun by somebody else, as a browser would send it. */
export function createTraceContext(): { traceId: string; spanId: string; traceparent: string } {
  const traceId = randomBytes(16).toString('hex')
  const spanId = randomBytes(8).toString('hex')
  return { traceId, spanId, traceparent: `00-${traceId}-${spanId}-01` }
}
