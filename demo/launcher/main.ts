import { type Command, readCommand } from './mode'
import { type RunningSystem, startSystem } from './start-system'
import { readEvicted, roomFor } from './store-room'

const log = (line: string) => console.log(line)
const stopped = new AbortController()
let outcome = 0

process.on('SIGINT', () => end(0, 'Stopping…'))
process.on('SIGTERM', () => end(0, 'Stopping…'))
process.on('SIGHUP', () => end(0, 'Stopping…'))

const { mode, jaeger } = readCommandOrExit()

try {
  const system = await startSystem({
    withFaults: true,
    env: { ...roomFor(mode), ...process.env, ...(jaeger && { TRACE_STORE: 'jaeger' }) },
    log,
    signal: stopped.signal,
    onCrash: (reason) => end(1, reason),
  })
  try {
    if (!stopped.signal.aborted) await run(system)
  } finally {
    await system.stop()
  }
} catch (error) {
  // A start that was interrupted on purpose has nothing to report.
  if (!stopped.signal.aborted) {
    console.error(error instanceof Error ? error.message : error)
    outcome = 1
  }
}
process.exit(outcome)

async function run(system: RunningSystem): Promise<void> {
  if (mode.name === 'walk') return walkOnce(system)
  if (mode.name === 'load') await sendOrders(system, mode.count)
  if (!stopped.signal.aborted) await runUntilStopped(system)
}

async function walkOnce(system: RunningSystem): Promise<void> {
  if (!system.queryUrl)
    throw new Error('The walk reads its traces back: set JAEGER_QUERY_URL to where your collector sends them.')
  const { walk } = await import('../walk/walk')
  const ok = await Promise.race([walk(system), untilStopped().then(() => true)])
  if (!ok) outcome = 1
}

async function sendOrders(system: RunningSystem, count: number): Promise<void> {
  const { load } = await import('../load/load')
  log(`Sending ${count} orders; what breaks meanwhile can be seen, and switched, at ${system.faultsUrl}`)
  const { submitted, worked } = await load({ count, system, log, signal: stopped.signal })
  log(`Submitted: ${submitted.confirmed} confirmed, ${submitted.failed} failed, ${submitted.abandoned} abandoned.`)
  log(
    `Of the confirmed: ${worked.done} went as far as planned, ${worked.refused} were refused, ${worked.stuck} got stuck.`,
  )
  const gone = await readEvicted(system.collectorUrl)
  if (gone > 0)
    log(
      `The trace store was full: the ${gone} oldest traces are gone, and the figures lack their orders. TRACE_STORE_MAX_SPANS allows more.`,
    )
}

async function runUntilStopped(system: RunningSystem): Promise<void> {
  log('')
  log(`  Internet shop   ${system.shopUrl}`)
  log(`  CRM             ${system.crmUrl}`)
  log(`  MES             ${system.mesUrl}`)
  log(`  What to break   ${system.faultsUrl}`)
  log(`  Traces          ${system.gateUrl || system.collectorUrl}`)
  if (system.gateUrl) log(`  Slow orders     ${system.gateUrl}/analyst/`)
  log('')
  log('Ctrl-C stops everything.')
  await untilStopped()
}

function readCommandOrExit(): Command {
  try {
    return readCommand(process.argv.slice(2))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    if (stopped.signal.aborted) resolve()
    else stopped.signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function end(code: number, reason: string): void {
  if (stopped.signal.aborted) return
  outcome = code
  log(reason)
  stopped.abort(new Error(reason))
}
