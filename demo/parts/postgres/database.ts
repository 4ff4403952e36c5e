import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'

/** Any number that no other user of the database picks for its advisory locks. */
const migrationLock = 720_401

/** Opens a pool of connections; `name` is what its complaints begin with. */
export function openDatabase(connectionString: string, { name, max = 10 }: { name: string; max?: number }): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, connectionTimeoutMillis: 5000 })
  // A connection that breaks while idle is replaced at its next use; unheard, this event would end the process.
  pool.on('error', (error) => console.error(`${name}: ${error.message}`))
  return pool
}

/** Runs `fn` in one transaction: everything it wrote stays, or nothing does. */
export async function inTransaction<T>(pool: pg.Pool, fn: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await fn(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((reason: Error) => {
      broken = reason
    })
    throw error
  } finally {
    // A connection that cannot roll back must not go back into the pool with its transaction open.
    client.release(broken)
  }
}

/** Applies the folder's migrations that this database has not seen yet, in the order of their names, all or none. */
export function migrate(pool: pg.Pool, folder: URL): Promise<void> {
  return inTransaction(pool, async (client) => {
    // Two services that start at once must not both create the tables.
    await client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock])
    await client.query(
      'CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
    )
    const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations')
    const applied = new Set(rows.map((row) => row.name))
    const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
    for (const name of files.filter((file) => !applied.has(file))) {
      await client.query(await readFile(new URL(name, folder), 'utf8'))
      await client.query('INSERT INTO migrations (name) VALUES ($1)', [name])
    }
  })
}
