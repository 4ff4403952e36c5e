import { type Browser, chromium } from '@playwright/test'
import { ensureChromium } from '../setup/chromium.mjs'
import { wholeWay } from '../walk/presses'
import { type Submitted, submit } from './customers'
import { faultsDuring, planOrder } from './plan'
import { Progress } from './progress'
import { FaultSwitch } from './switch-faults'
import { Workshop } from './workshop'

export interface LoadOptions {
  count: number
  system: { shopUrl: string; crmUrl: string; mesUrl: string; faultsUrl: string }
  log(line: string): void
  out?: Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean }
  signal?: AbortSignal
}

/** What became of the orders: of all submitted ones, and of those that went on from there. */
export interface LoadResult {
  submitted: Record<Submitted['outcome'], number>
  worked: Workshop['counts']
}

/** Customers at the same time: two cores keep up with so many. */
const customersAtOnce = 3

/**
 * Sends orders by real browsers, while parts of the system break and are mended as {@link planOrder} and {@link faultsDuring} say, and
 * takes them on through CRM and MES. Nothing is broken when it resolves.
 */
export async function load({ count, system, log, out = process.stdout, signal }: LoadOptions): Promise<LoadResult> {
  const browser = await chromium.launch(await ensureChromium({ log }))
  const faults = new FaultSwitch(system.faultsUrl)
  const workshop = new Workshop(browser, { manager: system.crmUrl, operator: system.mesUrl })
  const working = workshop.work()
  // Looked at below; until then a failure of it must not end the process.
  working.catch(() => undefined)
  try {
    const submitted = await submitAll(browser, { count, shopUrl: system.shopUrl, faults, workshop, out, signal })
    await faults.set([])
    log('All orders are submitted; the manager and the operator finish theirs…')
    workshop.close()
    await Promise.race([working, aborted(signal)])
    return { submitted, worked: workshop.counts }
  } finally {
    await faults.set([])
    await browser.close()
  }
}

async function submitAll(
  browser: Browser,
  to: {
    count: number
    shopUrl: string
    faults: FaultSwitch
    workshop: Workshop
    out: NonNullable<LoadOptions['out']>
    signal: AbortSignal | undefined
  },
): Promise<LoadResult['submitted']> {
  const submitted = { confirmed: 0, failed: 0, abandoned: 0 }
  const progress = new Progress(to.count, to.out)
  let next = 0
  let done = 0
  const customer = async () => {
    while (next < to.count && !to.signal?.aborted) {
      const index = next++
      const broken = faultsDuring(index, to.count)
      await to.faults.set(broken)
      const plan = planOrder(index)
      const result = await submit(browser, to.shopUrl, plan)
      submitted[result.outcome]++
      if (result.outcome === 'confirmed') to.workshop.add(result.orderId, wholeWay.slice(0, plan.steps))
      progress.show(++done, broken.join(' '))
    }
  }
  await Promise.all(Array.from({ length: customersAtOnce }, customer))
  progress.end()
  return submitted
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
}
