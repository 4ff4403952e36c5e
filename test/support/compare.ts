import type { Page } from '@playwright/test'
import type { Order, TracingOptions } from '../../src'
import type { Site } from './site'
import { expect } from './test'

/** What the page sees with tracing has to be what it sees without: every case is lived through in each of these ways. */
export const VISITS = ['without', 'traced', 'in an order'] as const
export type Visit = (typeof VISITS)[number]

declare global {
  interface PromiseConstructor {
    // The pages run in a browser that has it.
    withResolvers<T>(): { promise: Promise<T>; resolve(value: T | PromiseLike<T>): void; reject(reason: unknown): void }
  }
  interface Window {
    /** Runs the page's code as the visit has it: plainly, or as part of an operation that stays open. */
    live<T>(code: () => T): T
    openOrder: Order | undefined
  }
}

export interface VisitOptions extends Partial<TracingOptions> {
  path?: string
  /** What may be counted in `diagnostics()`: what the page gave us was wrong. */
  failures?: unknown
}

/** Opens a fresh page and, unless it is to be seen without, starts tracing on it. */
export async function visit(
  page: Page,
  site: Site,
  how: Visit,
  { path = '/', failures: _, ...options }: VisitOptions = {},
) {
  await page.goto(site.origin + path)
  await page.evaluate(
    ({ how, options }) => {
      window.live = (code) => code()
      if (how === 'without') return
      window.tracing = window.startTracing({ service: 'crm', apis: ['/api/'], ...options })
      if (how === 'traced') return
      const order = window.tracing.startOrder('safety')
      window.openOrder = order
      window.live = order.run
    },
    { how, options },
  )
}

/** That tracing was there: the page's code still belongs where it belonged, and nothing of ours has failed. */
export async function proveTraced(page: Page, site: Site, how: Visit, failures: unknown = {}): Promise<void> {
  if (how === 'without') return
  const traceId = await page.evaluate(async () => {
    await window.live(() => fetch('/api/probe'))
    return window.openOrder?.traceId ?? ''
  })
  const probe = site.requests.all.filter(({ path }) => path === '/api/probe').at(-1)
  expect(probe?.headers.traceparent, how).toContain(`00-${traceId}`)
  expect(await page.evaluate(() => window.tracing.diagnostics().failures), how).toEqual(failures)
}

/**
 * Lives through `look` in all ways and compares what it returns.
 * @param look runs in the page, given the other origin
 * @returns what the page sees without tracing
 */
export async function compare<T>(
  page: Page,
  site: Site,
  look: (other: string) => Promise<T> | T,
  options: VisitOptions = {},
): Promise<T> {
  return compareVisits(
    page,
    site,
    () => page.evaluate(`live(() => (${look})(${JSON.stringify(site.other)}))`) as Promise<T>,
    options,
  )
}

/** As `compare`, for what is seen outside the page as well. */
export async function compareVisits<T>(
  page: Page,
  site: Site,
  look: (how: Visit) => Promise<T>,
  options: VisitOptions = {},
): Promise<T> {
  const seen: T[] = []
  for (const how of VISITS) {
    await visit(page, site, how, options)
    seen.push(await look(how))
    await proveTraced(page, site, how, options.failures)
    expect(seen.at(-1) as unknown, how).toEqual(seen[0])
  }
  expect(seen[0]).toBeDefined()
  return seen[0] as T
}
