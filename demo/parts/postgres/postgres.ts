import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { PortBusyError } from '../http/port-busy'
import { collectOutput, spawnGuarded } from '../process/spawn-guarded'
import { copyBinaries, findBinaries } from './binaries'
import { openCluster } from './cluster'
import { stopOrphan } from './orphan'
import { canOthersEnter, chooseFolder, chooseUser } from './user'

/** How long the server may take until it answers, ms: recovery after a kill on a slow disk takes some seconds. */
const patience = 30_000

export interface PostgresOptions {
  /** Where the cluster lives; made when missing, kept afterwards. */
  folder: string
  /** Asked when the server of a killed run has been stopped, for that one would still hold the port. */
  choosePort: () => Promise<number>
  onExit?: (reason: string) => void
}

/** The databases of the cluster: one for each owner of data, as they would be servers apart. */
const databases = ['shop', 'mes', 'queue'] as const

export interface Postgres {
  /** Connection strings by the name of the database. */
  urls: Record<(typeof databases)[number], string>
  process: ChildProcess
  stop(): Promise<void>
}

/** Starts the embedded PostgreSQL on the loopback interface, for development only. Throws {@link PortBusyError}. */
export async function startPostgres({ folder: wanted, choosePort, onExit }: PostgresOptions): Promise<Postgres> {
  const user = chooseUser()
  const folder = await chooseFolder(wanted, user)
  const found = await findBinaries()
  const mayRun = user.uid === undefined || (await canOthersEnter(found.folder))
  const binaries = mayRun ? found.folder : await copyBinaries(found, folder)
  const { data, password } = await openCluster({ binaries, folder, user })
  await stopOrphan(data)
  const port = await choosePort()

  const child = spawnGuarded(join(binaries, 'bin', 'postgres'), [...settings(port), '-D', data], {
    ...user,
    cwd: folder,
  })
  const output = collectOutput(child)
  // Until it answers, an end is a failure to start.
  let stopping = true
  child.once('exit', () => {
    if (!stopping) onExit?.(`PostgreSQL ended: ${output()}`)
  })
  const stop = async () => {
    stopping = true
    if (child.exitCode !== null || child.signalCode !== null) return
    child.stdin?.end()
    await once(child, 'exit')
  }
  const server = `postgres://postgres:${password}@127.0.0.1:${port}`
  try {
    await createDatabases(`${server}/postgres`, child, output)
  } catch (error) {
    await stop()
    throw error
  }
  stopping = false
  const urls = { shop: `${server}/shop`, mes: `${server}/mes`, queue: `${server}/queue` }
  return { urls, process: child, stop }
}

function settings(port: number): string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    // No socket file: the folder for it differs from system to system, and its path may be too long.
    unix_socket_directories: '',
    // Three services with up to ten for each of their databases and five for the queue, and those who look on.
    max_connections: 80,
    shared_buffers: '16MB',
    // Its messages are read above, so they must not be in the language of the machine.
    lc_messages: 'C',
    // A demo writes little, and a laptop should not be woken for nothing.
    autovacuum: 'off',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Waits until the server answers, and makes the databases that are not there yet. */
async function createDatabases(connectionString: string, child: ChildProcess, output: () => string): Promise<void> {
  const client = await connect(connectionString, child, output)
  try {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database')
    const known = rows.map(({ datname }) => datname)
    for (const name of databases.filter((one) => !known.includes(one))) await client.query(`CREATE DATABASE ${name}`)
  } finally {
    await client.end()
  }
}

async function connect(connectionString: string, child: ChildProcess, output: () => string): Promise<pg.Client> {
  const end = Date.now() + patience
  for (;;) {
    if (child.exitCode !== null) throw describeFailure(output())
    const client = new pg.Client({ connectionString })
    // A connection that breaks later speaks through the query that it breaks.
    client.on('error', () => undefined)
    const failure = await client.connect().then(
      () => undefined,
      (error: Error) => error,
    )
    if (!failure) return client
    if (Date.now() > end) throw new Error(`PostgreSQL does not answer: ${failure.message}; ${output()}`)
    await pause(25)
  }
}

function describeFailure(output: string): Error {
  const message = `PostgreSQL does not start: ${output}`
  return /could not bind|address already in use/i.test(output) ? new PortBusyError(message) : new Error(message)
}
