import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { register } from 'tsx/esm/api'

register()
const { manyAddress, startManyOrders } = await import('../support/many-orders.ts')

const command = fileURLToPath(new URL('../../dist/command.js', import.meta.url))
const patience = { timeout: 1_800_000 }

/**
 * The analyst's page with many orders: how long reading them takes, how often it reports meanwhile, and the longest time for which its main thread
 * answers nobody, while it reads and when the threshold is changed.
 * @param {import('@playwright/test').LaunchOptions} browserOptions
 * @param {number} count
 */
export async function measureAnalyst(browserOptions, count) {
  const jaeger = await startManyOrders(count)
  const analyst = await startAnalyst(jaeger.url)
  const browser = await chromium.launch(browserOptions)
  try {
    const page = await browser.newPage({ locale: 'en-GB', timezoneId: 'UTC' })
    await page.addInitScript(watch)
    const reading = await measure(page, async () => {
      await page.goto(analyst.url + manyAddress(count))
      await page.locator('.key-figures').waitFor(patience)
      await page.getByRole('progressbar').waitFor({ state: 'hidden', ...patience })
    })
    const changing = await measure(page, async () => {
      const field = page.getByRole('spinbutton')
      await field.fill('2500')
      await field.press('Enter')
      await page.waitForFunction(() => window.reports > 0, undefined, patience)
    })
    return [
      { name: `reading ${count} orders`, ...reading },
      { name: 'another threshold', ...changing },
    ]
  } finally {
    await browser.close()
    await analyst.stop()
    await jaeger.stop()
  }
}

async function measure(page, work) {
  const begun = performance.now()
  // Before the first page there is nothing to forget.
  await page.evaluate(() => Object.assign(window, { longest: 0, reports: 0 }))
  await work()
  const seconds = (performance.now() - begun) / 1000
  // A task is told of once it is over.
  const { longest, reports } = await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    return { longest: window.longest ?? 0, reports: window.reports ?? 0 }
  })
  return { 'longest task of the main thread, ms': Math.round(longest), reports, 's in all': Number(seconds.toFixed(1)) }
}

/** Runs in the page, before its own scripts. Tasks below 50 ms are not told of. */
function watch() {
  Object.assign(window, { longest: 0, reports: 0 })
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration)
  })
  observer.observe({ type: 'longtask', buffered: true })
  const { Worker } = window
  window.Worker = class extends Worker {
    constructor(url) {
      super(url)
      this.addEventListener('message', ({ data }) => {
        if (data.kind === 'report') window.reports++
      })
    }
  }
}

async function startAnalyst(jaeger) {
  const args = [command, 'analyst', '--jaeger', jaeger, '--port', '0']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [url] = await once(createInterface(child.stdout), 'line')
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
