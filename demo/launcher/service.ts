import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { PortBusyError } from '../parts/http/port-busy'
import { exitPortBusy } from '../parts/http/serve'

const demo = new URL('../', import.meta.url)

/** How long a service may take until it answers, ms: two cores under load start the slowest in about five seconds. */
const startPatience = 60_000
/** How long it may take to stop before it is ended by force, ms: longer than its own deadline. */
const stopPatience = 7_000

export interface ServiceOptions {
  /** What people call it. */
  name: string
  /** The file to run, from the folder `demo`. */
  entry: string
  port: number
  env: Record<string, string>
  /** `service.name` of its spans; untraced without. */
  traceAs?: string
  log: (line: string) => void
  /** Called when it ends without having been asked to. */
  onExit: (reason: string) => void
  signal?: AbortSignal | undefined
}

export interface Service {
  url: string
  process: ChildProcess
  stop(): Promise<void>
}

/** Starts a service in a process of its own and waits until its `/health` says that it works. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { name, port, onExit } = options
  const child = spawnService(options)
  // Until it works, an end is a failure to start.
  let asked = true
  child.once('exit', (code, signal) => {
    if (!asked) onExit(`The ${name} ended with ${signal ?? `code ${code}`}.`)
  })
  const stop = async () => {
    asked = true
    await stopProcess(child)
  }
  const url = `http://127.0.0.1:${port}`
  try {
    await waitForHealth(url, child, options)
  } catch (error) {
    await stop()
    throw error
  }
  asked = false
  return { url, process: child, stop }
}

function spawnService({ name, entry, port, env, traceAs, log }: ServiceOptions): ChildProcess {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const imports = [tsx, new URL('parts/process/lifeline.ts', demo).href]
  if (traceAs) imports.push(new URL('parts/tracing/telemetry.ts', demo).href)
  const child = spawn(process.execPath, [...imports.flatMap((url) => ['--import', url]), entry], {
    cwd: fileURLToPath(demo),
    env: { ...process.env, ...env, PORT: String(port), ...(traceAs ? { OTEL_SERVICE_NAME: traceAs } : {}) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C in a terminal reaches the whole group; in a group of its own the service is stopped by us, in order.
    detached: true,
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.trimEnd().split('\n')) log(`${name}: ${line}`)
    })
  }
  return child
}

async function waitForHealth(url: string, child: ChildProcess, { name, signal }: ServiceOptions): Promise<void> {
  const end = Date.now() + startPatience
  let isListening = false
  child.on('message', () => {
    isListening = true
  })
  while (!isListening || !(await isHealthy(url))) {
    signal?.throwIfAborted()
    if (child.exitCode === exitPortBusy) throw new PortBusyError(`The port of the ${name} is taken.`)
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The ${name} does not start.`)
    if (Date.now() > end) throw new Error(`The ${name} does not answer at ${url}/health.`)
    await pause(25)
  }
}

function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) }).then(
    async (response) => {
      await response.body?.cancel()
      return response.ok
    },
    () => false,
  )
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), stopPatience)
  await ended
  clearTimeout(force)
}
