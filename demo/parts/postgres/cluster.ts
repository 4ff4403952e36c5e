import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { giveTo, type RunAs } from './user'

export interface Cluster {
  /** The data directory of PostgreSQL. */
  data: string
  password: string
}

/** Opens the cluster in `folder`, made first if there is none: initdb once, about a second. */
export async function openCluster(options: { binaries: string; folder: string; user: RunAs }): Promise<Cluster> {
  const data = join(options.folder, 'data')
  const passwordFile = join(options.folder, 'password')
  const password = await readFile(passwordFile, 'utf8').catch(() => undefined)
  if (password) return { data, password }
  return createCluster(options, { data, passwordFile })
}

/** The password is renamed into place last, so an interrupted initdb counts as none. */
async function createCluster(
  { binaries, folder, user }: { binaries: string; folder: string; user: RunAs },
  { data, passwordFile }: { data: string; passwordFile: string },
): Promise<Cluster> {
  await rm(data, { recursive: true, force: true })
  await mkdir(data, { recursive: true, mode: 0o700 })
  await giveTo(data, user)
  const password = randomBytes(24).toString('base64url')
  const temporary = `${passwordFile}.new`
  await writeFile(temporary, password, { mode: 0o600 })
  await giveTo(temporary, user)
  await runInitdb(join(binaries, 'bin', 'initdb'), ['-D', data, `--pwfile=${temporary}`], { folder, user })
  await chmod(temporary, 0o600)
  await rename(temporary, passwordFile)
  return { data, password }
}

function runInitdb(command: string, place: string[], { folder, user }: { folder: string; user: RunAs }): Promise<void> {
  // C.UTF-8 and no sync: the same everywhere, and quick; the first checkpoint makes the files safe.
  const fixed = ['-U', 'postgres', '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions']
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...place, ...fixed], { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    let complaint = ''
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString()
    })
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`initdb failed: ${complaint.trim()}`))))
  })
}
