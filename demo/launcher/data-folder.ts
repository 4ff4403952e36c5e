import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lockDataFolder } from './data-lock'

/** Where the demo keeps its database and files between runs. */
const standard = fileURLToPath(new URL('../.data', import.meta.url))

export interface DataFolder {
  path: string
  release(): Promise<void>
}

/** Opens the folder for this run alone; when another run of this checkout has it, a temporary one. */
export async function openDataFolder(wanted: string | undefined, log: (line: string) => void): Promise<DataFolder> {
  if (wanted === 'temporary') return makeTemporary()
  const path = wanted ?? standard
  await mkdir(path, { recursive: true })
  const lock = lockDataFolder(path)
  if (lock.ok) return { path, release: async () => lock.release() }
  log(
    `Another demo (process ${lock.pid}) uses ${path}, so this one begins with an empty folder and forgets it at the end.`,
  )
  return makeTemporary()
}

async function makeTemporary(): Promise<DataFolder> {
  const path = await mkdtemp(join(tmpdir(), 'ordertrace-demo-'))
  // PostgreSQL started by root runs as another user, who must get through to its own folder in here.
  await chmod(path, 0o711)
  return { path, release: () => rm(path, { recursive: true, force: true }) }
}
