import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { test as base, type Page } from '@playwright/test'
import type { TraceStore } from '../../../demo/trace-store/create-trace-store'
import { makeDay, startOrderStore } from '../../support/order-store'
import { makeApproval } from '../../support/traces'

/** `ordertrace analyst` on a free port. */
export interface Analyst {
  /** Of the page, with a slash at its end. */
  url: string
  stop(): Promise<void>
}

const command = fileURLToPath(new URL('../../../dist/command.js', import.meta.url))

/** Starts the built command before this Jaeger. */
export async function startAnalyst(jaeger: string): Promise<Analyst> {
  const child = spawn(process.execPath, [command, 'analyst', '--jaeger', jaeger, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const [url] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exited.then(() => Promise.reject(new Error('ordertrace analyst ended at once.'))),
  ])) as [string]
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

interface PerWorker {
  store: TraceStore
  /** Before a store with a day of orders, and one approval in the CRM. */
  analyst: Analyst
}

interface PerTest {
  /** Starts the command before another Jaeger, until the test ends. */
  analystOf: (jaeger: string) => Promise<Analyst>
  /** What the page complained of in the console. */
  complaints: string[]
}

/** Tests of the analyst's page as its users have it. */
export const analystTest = base.extend<PerTest, PerWorker>({
  store: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
    async ({}, use) => {
      const store = await startOrderStore([...makeDay(), makeApproval({ id: 1001, at: 5000 })])
      await use(store)
      await store.stop()
    },
    { scope: 'worker' },
  ],
  analyst: [
    async ({ store }, use) => {
      const analyst = await startAnalyst(store.url)
      await use(analyst)
      await analyst.stop()
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  analystOf: async ({}, use) => {
    const started: Analyst[] = []
    await use(async (jaeger) => {
      const analyst = await startAnalyst(jaeger)
      started.push(analyst)
      return analyst
    })
    for (const analyst of started) await analyst.stop()
  },
  complaints: async ({ page }, use) => use(hearComplaints(page)),
})

/** Errors of the page, its policy's among them, as they come. */
export function hearComplaints(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  return complaints
}
