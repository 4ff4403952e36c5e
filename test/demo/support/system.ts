import { readdirSync } from 'node:fs'
import { test as base, expect } from '@playwright/test'
import pg from 'pg'
import { type RunningSystem, startSystem } from '../../../demo/launcher/start-system'
import { type Customer, createCustomer } from './customer'
import { type Employee, logIn } from './employee'
import { openServers } from './open-servers'
import { type OtlpCollector, type ReceivedSpan, startOtlpCollector } from './otlp-collector'
import { createTraceContext } from './trace-context'

/** Everything that an order could leave behind. */
export interface Stored {
  orders: number
  history: number
  files: string[]
}

interface PerWorker {
  collector: OtlpCollector
  /** Start the system with the switchboard of faults. Default false. */
  withFaults: boolean
  /** A name makes a worker, and so a system, of its own, for tests that leave it in pieces. Default: shared. */
  ownSystem: string
  system: RunningSystem
  database: pg.Pool
}

interface PerTest {
  customer: Customer
  manager: Employee
  operator: Employee
  /** A trace begun by the test, whose id finds the spans again. */
  traceContext: ReturnType<typeof createTraceContext>
  /** Counts what is stored now. */
  countStored: () => Promise<Stored>
  /** The server's own span of the test's trace, once it has arrived. */
  serverSpan: () => Promise<ReceivedSpan>
}

/** Tests against the whole system: started once for each worker, its spans received by a collector of the test. */
export const test = base.extend<PerTest, PerWorker>({
  collector: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
    async ({}, use) => {
      const collector = await startOtlpCollector()
      await use(collector)
      await collector.stop()
    },
    { scope: 'worker' },
  ],
  ownSystem: ['', { scope: 'worker', option: true }],
  withFaults: [false, { scope: 'worker', option: true }],
  system: [
    async ({ collector, withFaults }, use) => {
      const servers = await openServers()
      const { env } = servers
      const system = await startSystem({
        ports: 'any',
        dataDir: 'temporary',
        env,
        collectorUrl: collector.url,
        withFaults,
      })
      await use(system)
      await system.stop()
      await servers.remove()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  database: [
    async ({ system }, use) => {
      const pool = new pg.Pool({ connectionString: system.databaseUrl, max: 2 })
      await use(pool)
      await pool.end()
    },
    { scope: 'worker' },
  ],
  customer: async ({ system }, use) => use(await createCustomer(system.shopUrl)),
  manager: async ({ system }, use) => use(await logIn(system.crmUrl, 'u-manager-1')),
  operator: async ({ system }, use) => use(await logIn(system.mesUrl, 'u-operator-1')),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  traceContext: async ({}, use) => use(createTraceContext()),
  countStored: async ({ system, database }, use) => {
    await use(async () => {
      const query =
        'SELECT (SELECT count(*) FROM orders)::int AS orders, (SELECT count(*) FROM order_status_history)::int AS history'
      const { rows } = await database.query<{ orders: number; history: number }>(query)
      return {
        orders: rows[0]?.orders ?? 0,
        history: rows[0]?.history ?? 0,
        files: readdirSync(system.modelFolder).sort(),
      }
    })
  },
  serverSpan: async ({ collector, traceContext }, use) => {
    const isServer = (span: ReceivedSpan) => span.kind === 2
    await use(async () => {
      const spans = await collector.waitForTrace(traceContext.traceId, (found) => found.some(isServer))
      return spans.find(isServer) as ReceivedSpan
    })
  },
})

export { expect }
