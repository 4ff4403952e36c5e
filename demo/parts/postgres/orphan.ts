import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** How long an orphan may take to stop, ms: a fast shutdown writes a checkpoint first. */
const patience = 10_000

/**
 * Stops the server that a killed run left behind in this data directory. PostgreSQL itself tells the rest: a stale
 * `postmaster.pid` it removes, and a directory in use it refuses.
 */
export async function stopOrphan(data: string): Promise<void> {
  const pid = await readPostmaster(data)
  if (pid === undefined || !(await isPostmasterOf(pid, data))) return
  process.kill(pid, 'SIGINT')
  const end = Date.now() + patience
  while (await isPostmasterOf(pid, data)) {
    if (Date.now() > end)
      throw new Error(`PostgreSQL of an earlier run (process ${pid}) does not stop: end it by hand.`)
    await pause(20)
  }
}

async function readPostmaster(data: string): Promise<number | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(text.split('\n', 1)[0])
  return Number.isInteger(pid) && pid > 1 ? pid : undefined
}

/** The number may have passed to a stranger since: on Linux the command line tells; elsewhere we leave it alone. */
async function isPostmasterOf(pid: number, data: string): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return commandLine.split('\0').includes(data)
}
