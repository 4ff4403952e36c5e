import type { Page } from '@playwright/test'
import { startSystem } from '../../../demo/launcher/start-system'
import { findOrderSpans, pollSpans } from '../../../demo/walk/query-client'
import type { TraceSpan } from '../../../demo/walk/trace-span'
import { type Employee, logIn } from './employee'
import { openServers } from './open-servers'
import { expect, test as systemTest } from './system'

interface CrmFixtures {
  /** A browser in which the manager is logged in, at no address yet. */
  crm: Page
  /** Logs the browser in as another employee. */
  logInAs: (userId: string) => Promise<void>
  /** The trace of the last `order.<step>` that the CRM made for an order, as soon as `isWhole`. */
  findStep: (search: {
    orderId: string
    step: string
    isWhole: (spans: TraceSpan[]) => boolean
  }) => Promise<TraceSpan[]>
}

/** Tests of the CRM's pages in front of the whole system, whose spans are in the embedded trace store. */
export const test = systemTest.extend<CrmFixtures>({
  system: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
    async ({}, use) => {
      const servers = await openServers()
      const system = await startSystem({ ports: 'any', dataDir: 'temporary', env: servers.env })
      await use(system)
      await system.stop()
      await servers.remove()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  crm: async ({ page, system, manager }, use) => {
    await useSession(page, { uiUrl: system.crmUrl, employee: manager })
    await use(page)
  },
  logInAs: async ({ page, system }, use) => {
    await use(async (userId) => {
      await useSession(page, { uiUrl: system.crmUrl, employee: await logIn(system.crmUrl, userId) })
    })
  },
  findStep: async ({ system }, use) => {
    await use(async ({ orderId, step, isWhole }) => {
      const find = async () => lastStep(await findOrderSpans(system.queryUrl, { service: 'crm', orderId }), step)
      return pollSpans(find, { enough: isWhole, deadlineMs: 30_000 })
    })
  },
})

export { expect }

async function useSession(page: Page, { uiUrl, employee }: { uiUrl: string; employee: Employee }): Promise<void> {
  await page.context().clearCookies()
  const pairs = employee.cookie.split('; ').map((pair) => pair.split(/=(.*)/s))
  await page.context().addCookies(pairs.map(([name = '', value = '']) => ({ name, value, url: uiUrl })))
}

function lastStep(spans: TraceSpan[], step: string): TraceSpan[] {
  const roots = spans.filter((span) => span.service === 'crm' && span.name === `order.${step}`)
  const last = roots.sort((a, b) => Number(a.start - b.start)).at(-1)
  return spans.filter((span) => span.traceId === last?.traceId)
}
