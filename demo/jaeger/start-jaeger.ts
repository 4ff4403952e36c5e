import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { PortBusyError } from '../parts/http/port-busy'
import { collectOutput, spawnGuarded } from '../parts/process/spawn-guarded'

/** How long it may take until it answers, ms: a store that was killed is looked through first. */
const startPatience = 60_000
/** How long it may take to write down what it has, ms, before it is ended by force. */
const stopPatience = 10_000

export interface JaegerOptions {
  /** The program. */
  file: string
  /** Where traces are kept; made when missing. */
  folder: string
  /** Ports on the loopback interface: for OTLP/HTTP, and for the query API and the page. */
  ports: { otlp: number; query: number }
  onExit?: (reason: string) => void
  signal?: AbortSignal | undefined
}

export interface Jaeger {
  collectorUrl: string
  queryUrl: string
  process: ChildProcess
  stop(): Promise<void>
}

/** Starts a Jaeger on the loopback interface, its traces on disk, and waits until it takes and finds traces. Throws {@link PortBusyError}. */
export async function startJaeger({ file, folder, ports, onExit, signal }: JaegerOptions): Promise<Jaeger> {
  await mkdir(folder, { recursive: true })
  const child = spawnGuarded(file, ['--config', inThisFolder('jaeger.yaml')], {
    env: {
      ...process.env,
      JAEGER_DATA: folder,
      JAEGER_OTLP_PORT: String(ports.otlp),
      JAEGER_QUERY_PORT: String(ports.query),
      JAEGER_UI_CONFIG: inThisFolder('ui.js'),
    },
  })
  const output = collectOutput(child)
  // Until it works, an end is a failure to start.
  let asked = true
  child.once('exit', () => {
    if (!asked) onExit?.(`Jaeger ended: ${output()}`)
  })
  const stop = async () => {
    asked = true
    await stopGuarded(child)
  }
  const jaeger = { collectorUrl: loopback(ports.otlp), queryUrl: loopback(ports.query), process: child, stop }
  try {
    await waitUntilReady(jaeger, { output, signal })
  } catch (error) {
    await stop()
    throw error
  }
  asked = false
  return jaeger
}

async function waitUntilReady(
  { process: child, collectorUrl, queryUrl }: Jaeger,
  { output, signal }: { output: () => string; signal: AbortSignal | undefined },
): Promise<void> {
  const end = Date.now() + startPatience
  const nothing = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }
  while (!((await answers(`${queryUrl}/api/v3/services`)) && (await answers(`${collectorUrl}/v1/traces`, nothing)))) {
    signal?.throwIfAborted()
    if (child.exitCode !== null || child.signalCode !== null) throw describeFailure(output())
    if (Date.now() > end) throw new Error(`Jaeger does not answer at ${queryUrl}: ${output()}`)
    await pause(50)
  }
}

function answers(url: string, request: RequestInit = {}): Promise<boolean> {
  return fetch(url, { ...request, signal: AbortSignal.timeout(2000) }).then(
    async (response) => {
      await response.arrayBuffer()
      return response.ok
    },
    () => false,
  )
}

function describeFailure(output: string): Error {
  const message = `Jaeger does not start: ${output}`
  return /address already in use|bind:/i.test(output) ? new PortBusyError(message) : new Error(message)
}

async function stopGuarded(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return
  const ended = once(child, 'exit')
  if (process.platform === 'win32') child.kill()
  else child.stdin?.end()
  const force = setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), stopPatience)
  await ended
  clearTimeout(force)
}

const inThisFolder = (name: string) => fileURLToPath(new URL(name, import.meta.url))

const loopback = (port: number) => `http://127.0.0.1:${port}`
