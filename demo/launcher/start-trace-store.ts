import { join } from 'node:path'
import { findJaeger } from '../jaeger/find-jaeger'
import { type Jaeger, startJaeger } from '../jaeger/start-jaeger'
import type { PortWish } from '../settings/ports'
import { retryBusyPort } from './ports'

export interface JaegerStart {
  env: Record<string, string | undefined>
  dataDir: string
  ports: { traceStore: PortWish; jaegerQuery: PortWish }
  choosePort: (name: string, wish: PortWish) => Promise<number>
  onExit: (reason: string) => void
  log: (line: string) => void
  signal?: AbortSignal | undefined
}

/** Finds or builds a Jaeger and starts it: what the collector is in the demo, and the store behind the gate. */
export async function startOwnJaeger({ env, dataDir, ports, choosePort, ...options }: JaegerStart): Promise<Jaeger> {
  const { log, onExit, signal } = options
  const file = await findJaeger({ env, log, signal })
  log(`Starting Jaeger (${file})…`)
  return retryBusyPort(async () => {
    const otlp = await choosePort('trace store', ports.traceStore)
    const query = await choosePort('query API of Jaeger', ports.jaegerQuery)
    return startJaeger({ file, folder: join(dataDir, 'jaeger'), ports: { otlp, query }, onExit, signal })
  })
}

/** Which page a Jaeger has: one that was built from its module alone shows a placeholder. */
export async function findJaegerPage(queryUrl: string): Promise<'jaeger' | 'jaeger page'> {
  const page = await fetch(`${queryUrl}/`).then(
    (response) => response.text(),
    // One that is elsewhere may be down for now; it then is what everybody has.
    () => 'jaeger-ui-root',
  )
  return page.includes('jaeger-ui-root') ? 'jaeger page' : 'jaeger'
}
