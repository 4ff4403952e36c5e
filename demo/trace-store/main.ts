import { createTraceStore } from './create-trace-store'

// The process of the demo's embedded trace store. Ports and limits come from the environment, as in demo/config.ts.
const port = Number(process.env.TRACE_STORE_PORT ?? 4320)
const maxSpans = Number(process.env.TRACE_STORE_MAX_SPANS ?? 50_000)

try {
  const store = await createTraceStore({ port, maxSpans })
  console.log(`The demo's embedded trace store: ${store.url}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void store.stop().then(() => process.exit(0)))
  }
} catch (error) {
  console.error(`The trace store cannot start: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
