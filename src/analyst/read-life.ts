import { ORDER_ID } from '../attributes'
import type { AskedFrom, JaegerClient } from '../jaeger/client'
import type { JaegerTrace } from '../jaeger/jaeger-trace'
import { describeLife, type OrderLife } from './order-life'

/** An order has some twenty traces, and more if many people looked at it. */
const DEPTH = 200

/** An order's life, with the traces that it was read from. */
export interface FoundLife {
  life: OrderLife
  traces: JaegerTrace[]
  /** False when a service has more traces of it than could be asked for. */
  complete: boolean
}

export interface LifeOptions extends AskedFrom {
  /** Services that are likely to know the order; they are asked first. Default: none. */
  first?: readonly string[]
  /** Told after each service. */
  onProgress?(progress: { asked: number; of: number }): void
}

/** Finds all traces of an order. Every service is asked, since a search of Jaeger's is for one, and a step may have lost its browser's part. */
export async function readLife(
  client: Pick<JaegerClient, 'services' | 'findTraces'>,
  { orderId, from, to }: { orderId: string; from: number; to: number },
  { signal, first = [], onProgress }: LifeOptions = {},
): Promise<FoundLife> {
  const traces = new Map<string, JaegerTrace>()
  const taking = new Set(first)
  const left = new Set(await client.services({ signal }))
  const of = left.size
  let complete = true
  while (left.size > 0) {
    // In a company with hundreds of services those come first that took part in what was found.
    const service = [...left].find((one) => taking.has(one)) ?? [...left][0] ?? ''
    left.delete(service)
    const query = { service, attributes: { [ORDER_ID]: orderId }, from, to, depth: DEPTH }
    const found = await client.findTraces(query, { signal })
    for (const trace of found.traces) {
      traces.set(trace.traceId, trace)
      for (const span of trace.spans) taking.add(span.service)
    }
    complete &&= found.complete
    onProgress?.({ asked: of - left.size, of })
  }
  const all = [...traces.values()]
  return { life: describeLife(all, orderId, Date.now()), traces: all, complete }
}
