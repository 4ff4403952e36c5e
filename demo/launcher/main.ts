import { type RunningSystem, startSystem } from './start-system'

const log = (line: string) => console.log(line)
const stopped = new AbortController()
let outcome = 0

process.on('SIGINT', () => end(0, 'Stopping…'))
process.on('SIGTERM', () => end(0, 'Stopping…'))
process.on('SIGHUP', () => end(0, 'Stopping…'))

const unknown = process.argv.slice(2).filter((argument) => argument !== '--walk')
if (unknown.length > 0) {
  console.error(`Unknown argument ${unknown[0]}: there is only --walk.`)
  process.exit(2)
}

try {
  const system = await startSystem({
    withFaults: true,
    log,
    signal: stopped.signal,
    onCrash: (reason) => end(1, reason),
  })
  try {
    if (!stopped.signal.aborted) await (process.argv.includes('--walk') ? walkOnce(system) : runUntilStopped(system))
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

async function walkOnce(system: RunningSystem): Promise<void> {
  if (!system.queryUrl)
    throw new Error('The walk reads its trace back: set JAEGER_QUERY_URL to where your collector sends it.')
  const { walk } = await import('../walk/walk')
  const done = walk({ shopUrl: system.shopUrl, queryUrl: system.queryUrl, log })
  const ok = await Promise.race([done, untilStopped().then(() => true)])
  if (!ok) outcome = 1
}

async function runUntilStopped(system: RunningSystem): Promise<void> {
  log('')
  log(`  Internet shop   ${system.shopUrl}`)
  log(`  CRM             ${system.crmUrl}`)
  log(`  MES             ${system.mesUrl}`)
  log(`  What to break   ${system.faultsUrl}`)
  log(`  Traces          ${system.queryUrl || system.collectorUrl}`)
  log('')
  log('Ctrl-C stops everything.')
  await untilStopped()
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
