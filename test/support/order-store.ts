import { createTraceStore, type TraceStore } from '../../demo/trace-store/create-trace-store'
import type { JaegerTrace } from '../../src/jaeger/jaeger-trace'
import { toExportRequest } from './otlp-of-trace'
import { EPOCH_MS, makeCheckout } from './traces'

/** As the load makes them: most are well, a share is slow, late, lost, failed or abandoned, each for another cause. */
export function makeDay(): JaegerTrace[] {
  const orders = [
    ...Array.from({ length: 60 }, () => ({})),
    ...Array.from({ length: 8 }, () => ({ database: 2000 })),
    ...Array.from({ length: 7 }, () => ({ files: 3000, attributes: { channel: 'partner' } })),
    ...Array.from({ length: 6 }, () => ({ device: 1500 })),
    ...Array.from({ length: 5 }, () => ({ queue: 6000 })),
    ...Array.from({ length: 4 }, () => ({ message: 'parked' as const })),
    ...Array.from({ length: 3 }, () => ({ outcome: 'failed', failed: 'database' as const, message: 'none' as const })),
    ...Array.from({ length: 2 }, () => ({ outcome: 'abandoned', message: 'none' as const })),
  ]
  return orders.map((order, index) => makeCheckout({ ...order, id: index + 1, at: index * 1000 }))
}

/** The time of {@link makeDay}, as the command's arguments say it. */
export const dayArguments = [
  '--since',
  new Date(EPOCH_MS - 3_600_000).toISOString(),
  '--until',
  new Date(EPOCH_MS + 3_600_000).toISOString(),
]

/** The same as the address of the analyst's page. */
export const dayAddress = `?${new URLSearchParams({ from: dayArguments[1] ?? '', to: dayArguments[3] ?? '' })}`

/** A store, which answers as Jaeger's query API does, with these traces. */
export async function startOrderStore(traces: readonly JaegerTrace[]): Promise<TraceStore> {
  const store = await createTraceStore({ maxSpans: 1_000_000, maxTraces: 100_000, maxBodyBytes: 100_000_000 })
  const response = await fetch(`${store.url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(toExportRequest(traces)),
  })
  if (!response.ok) throw new Error(await response.text())
  return store
}
