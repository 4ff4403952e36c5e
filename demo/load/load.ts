import { type Browser, chromium } from '@playwright/test'
import type { FaultName } from '../faults/faults'
import { ensureChromium } from '../setup/chromium.mjs'
import { wholeWay } from '../walk/presses'
import { type Submitted, submit } from './customers'
import { createMeeting, type Meeting } from './meeting'
import { listStretches, planOrder, type Stretch } from './plan'
import { Progress } from './progress'
import { FaultSwitch } from './switch-faults'
import { Workshop } from './workshop'

export interface LoadOptions {
  count: number
  /** What is broken while which of them are submitted. Default: {@link listStretches}. */
  stretches?: readonly Stretch[]
  /** Nobody takes the orders on through CRM and MES. Default false. */
  isOnlySubmitted?: boolean
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

/** Customers at the same moment: two cores keep up with so many. */
const customersAtOnce = 3

/**
 * Sends orders by real browsers, while parts of the system break and are mended as {@link planOrder} and {@link listStretches} say, and
 * takes them on through CRM and MES. Nothing is broken when it resolves.
 */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { count, system, log, out = process.stdout, signal } = options
  const { stretches = listStretches(count), isOnlySubmitted = false } = options
  const browser = await chromium.launch(await ensureChromium({ log }))
  const faults = new FaultSwitch(system.faultsUrl)
  const workshop = new Workshop(browser, { manager: system.crmUrl, operator: system.mesUrl })
  const working = isOnlySubmitted ? Promise.resolve() : workshop.work()
  // Looked at below; until then a failure of it must not end the process.
  working.catch(() => undefined)
  try {
    const submitted = await submitAll(browser, {
      count,
      stretches,
      shopUrl: system.shopUrl,
      faults,
      workshop,
      out,
      signal,
    })
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
    stretches: readonly Stretch[]
    shopUrl: string
    faults: FaultSwitch
    workshop: Workshop
    out: NonNullable<LoadOptions['out']>
    signal: AbortSignal | undefined
  },
): Promise<LoadResult['submitted']> {
  const submitted = { confirmed: 0, failed: 0, abandoned: 0 }
  const progress = new Progress(to.count, to.out)
  let done = 0
  const place = async (index: number, { broken, meeting }: { broken: readonly FaultName[]; meeting: Meeting }) => {
    const plan = planOrder(index)
    const result = await submit(browser, to.shopUrl, { plan, meeting })
    submitted[result.outcome]++
    if (result.outcome === 'confirmed') to.workshop.add(result.orderId, wholeWay.slice(0, plan.steps))
    progress.show(++done, broken.join(' '))
  }
  for (const { from, until, broken } of to.stretches) {
    // Nobody is under way now: whoever is to meet a fault meets it, and nobody else does.
    await to.faults.keep(broken)
    for (let first = from; first < until && !to.signal?.aborted; first += customersAtOnce) {
      const length = Math.min(customersAtOnce, until - first)
      // When their forms are filled in: a lock that comes and goes would be gone on a machine that takes just so long for that.
      const meeting = createMeeting(length, () => to.faults.set(broken))
      await Promise.all(Array.from({ length }, (_, more) => place(first + more, { broken, meeting })))
      await meeting.begun
    }
  }
  progress.end()
  return submitted
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
}
