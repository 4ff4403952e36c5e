import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { queues } from '../../../demo/parts/orders/order-messages'
import { postgresUrl, rabbitUrl } from './real-servers'
import { deleteRabbitQueues } from './test-queues'

/** Short, so that a poisoned message is parked within a test's patience; long enough for a status that came too early. */
const retryDelays = [50, 100, 2000]

/** What a system of the tests stands on: nothing, so that all is embedded, or databases and queues of its own on real servers. */
export interface Servers {
  env: Record<string, string>
  remove(): Promise<void>
}

/** Prepares them as `npm run test:real` asks; empty by default. */
export async function openServers(): Promise<Servers> {
  const name = `ordertrace_test_${randomBytes(4).toString('hex')}`
  const databases = postgresUrl ? await createDatabases(postgresUrl, name) : undefined
  const prefix = `${name}.`
  const rabbit = rabbitUrl ? { QUEUE_URL: rabbitUrl, QUEUE_PREFIX: prefix } : {}
  return {
    env: { QUEUE_RETRY_DELAYS: retryDelays.join(), TOKEN_SECONDS: '6', ...databases?.env, ...rabbit },
    async remove() {
      await databases?.remove()
      if (rabbitUrl) await deleteRabbitQueues(rabbitUrl, { prefix, queues: Object.values(queues), retryDelays })
    },
  }
}

async function createDatabases(url: string, name: string): Promise<Servers> {
  const [shop, mes] = [`${name}_shop`, `${name}_mes`]
  const at = (database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href
  const run = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }
  await run(`CREATE DATABASE ${shop}`, `CREATE DATABASE ${mes}`)
  return {
    env: { SHOP_DB_URL: at(shop), MES_DB_URL: at(mes) },
    remove: () => run(`DROP DATABASE ${shop} WITH (FORCE)`, `DROP DATABASE ${mes} WITH (FORCE)`),
  }
}
