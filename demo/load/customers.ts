import type { Browser, BrowserContext, Page } from '@playwright/test'
import { prepareOrder, submitOrder } from '../walk/customer'
import type { Meeting } from './meeting'
import type { PlannedOrder } from './plan'

/** What became of an order. */
export type Submitted = { outcome: 'confirmed'; orderId: string } | { outcome: 'failed' | 'abandoned' }

/** How much slower a slow device computes, and what its network gives. */
const slowDevice = { cpu: 6, latencyMs: 1200, bytesPerSecond: 200_000 }

/** One customer in a browser of his own places one order, at the same moment as the others of the meeting. */
export async function submit(
  browser: Browser,
  shopUrl: string,
  { plan, meeting }: { plan: PlannedOrder; meeting: Meeting },
): Promise<Submitted> {
  const opening = browser.newContext({ locale: 'ru-RU' })
  try {
    const page = await meeting.after(opening.then((context) => prepare(context, shopUrl, plan)))
    if (plan.isAbandoned) return await abandon(page)
    return { outcome: 'confirmed', orderId: await submitOrder(page, () => undefined) }
  } catch {
    // What the shop refused, and what took too long: for the customer it is the same.
    return { outcome: 'failed' }
  } finally {
    await (await opening).close()
  }
}

async function prepare(context: BrowserContext, shopUrl: string, { isSlowBrowser }: PlannedOrder): Promise<Page> {
  const page = await context.newPage()
  if (isSlowBrowser) await slowDown(context, page)
  await prepareOrder(page, shopUrl, () => undefined)
  return page
}

async function slowDown(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  const { cpu, latencyMs: latency, bytesPerSecond } = slowDevice
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu })
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  })
}

/** Closes the page as soon as the order's request is under way. */
async function abandon(page: Page): Promise<Submitted> {
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/orders'))
  await page.getByTestId('submit').click()
  await sent
  await page.close({ runBeforeUnload: true })
  return { outcome: 'abandoned' }
}
