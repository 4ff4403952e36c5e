import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** How long the table stays locked, and then is free, ms. */
const lockedMs = 3000
const freeMs = 1000

/** A fault of a database, made with nothing but a connection of its own, as an administrator's mistake would be. */
export interface DatabaseFault {
  start(): Promise<void>
  stop(): Promise<void>
}

/** Locks the table of orders again and again, so that who writes to it waits. */
export function createLock(connectionString: string): DatabaseFault {
  let stopped = new AbortController()
  let running = Promise.resolve()

  async function holdAndRelease(client: pg.Client, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await client.query('BEGIN; LOCK TABLE orders IN EXCLUSIVE MODE')
      await pause(lockedMs, undefined, { signal }).catch(() => undefined)
      await client.query('COMMIT')
      await pause(freeMs, undefined, { signal }).catch(() => undefined)
    }
  }

  return {
    async start() {
      const client = await connect(connectionString)
      const { signal } = stopped
      running = holdAndRelease(client, signal)
        .catch((error: Error) => console.error(`The lock: ${error.message}`))
        .finally(() => client.end().catch(() => undefined))
    },
    async stop() {
      stopped.abort()
      stopped = new AbortController()
      await running
    },
  }
}

/** Lets a trigger refuse every new order, as a full disk would. */
export function createRefusal(connectionString: string): DatabaseFault {
  return {
    start: () =>
      run(
        connectionString,
        `CREATE OR REPLACE FUNCTION refuse_orders() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN RAISE EXCEPTION 'No space left on device (broken on purpose)' USING ERRCODE = 'disk_full'; END $$;
         CREATE OR REPLACE TRIGGER refuse_orders BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION refuse_orders()`,
      ),
    // Also at the start: a demo that was killed in the middle leaves the trigger in the database.
    stop: () => run(connectionString, 'DROP TRIGGER IF EXISTS refuse_orders ON orders'),
  }
}

async function run(connectionString: string, statements: string): Promise<void> {
  const client = await connect(connectionString)
  try {
    await client.query(statements)
  } finally {
    await client.end()
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  // Unheard, a connection that breaks would end the process.
  client.on('error', (error) => console.error(`A fault's connection: ${error.message}`))
  await client.connect()
  return client
}
