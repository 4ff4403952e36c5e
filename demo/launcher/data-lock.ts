import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Why the folder is not ours, or how to give it back. */
export type DataLock = { ok: true; release(): void } | { ok: false; pid: number }

/**
 * Claims a data folder for this process. A claim whose process is gone counts for nothing, so a killed run does no harm.
 */
export function lockDataFolder(folder: string): DataLock {
  const path = join(folder, 'lock')
  const own = `${process.pid} ${readStartTime(process.pid)}`
  const temporary = `${path}.${process.pid}`
  writeFileSync(temporary, own)
  try {
    // A link is made or refused in one step, with its content, so two runs never both believe that they have it.
    while (!tryLink(temporary, path)) {
      const holder = readHolder(path)
      if (holder && isAlive(holder)) return { ok: false, pid: holder.pid }
      removeStale(path, holder)
    }
  } finally {
    rmSync(temporary, { force: true })
  }
  return { ok: true, release: () => rmSync(path, { force: true }) }
}

interface Holder {
  pid: number
  text: string
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    return { pid: Number.parseInt(text, 10), text }
  } catch {
    return undefined
  }
}

/** Moves the dead claim away; if somebody put a live one in its place meanwhile, that one is put back. */
function removeStale(path: string, holder: Holder | undefined): void {
  if (!holder) return
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
    if (readFileSync(aside, 'utf8') !== holder.text) tryLink(aside, path)
  } catch {
    // Another run has moved it already.
  }
  rmSync(aside, { force: true })
}

function isAlive({ pid, text }: Holder): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return text === `${pid} ${readStartTime(pid)}`
}

/** Tells a process from a later one with the same number; Linux only, elsewhere the number has to do. */
function readStartTime(pid: number): string {
  try {
    // Counted from the name's closing bracket, for the name itself may hold spaces.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
