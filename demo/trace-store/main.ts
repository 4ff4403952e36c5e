import { readConfig } from '../config'
import { exitPortBusy } from '../parts/http/serve'
import { onShutdown, stage } from '../parts/process/shutdown'
import { createTraceStore } from './create-trace-store'

// The process of the demo's embedded trace store. PORT comes from the launcher; the default serves a store started alone.
const port = Number(process.env.PORT ?? 4320)
const { maxSpans, maxTraces } = readConfig(process.env)
const limits = { ...(maxSpans && { maxSpans }), ...(maxTraces && { maxTraces }) }

try {
  const store = await createTraceStore({
    ...limits,
    port,
    onFull: () =>
      console.log('It is full: from now on the oldest traces go. TRACE_STORE_MAX_SPANS and …_TRACES allow more.'),
  })
  onShutdown(stage.requests, () => store.stop())
  console.log(`The demo's embedded trace store: ${store.url}`)
} catch (error) {
  console.error(`The trace store cannot start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit((error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? exitPortBusy : 1)
}
