import { type Browser, chromium, type Page } from '@playwright/test'
import { ensureChromium } from '../setup/chromium.mjs'
import { createStlModel } from './stl-model'

/** As long as one step of the customer may take on a slow machine. */
const STEP_MS = 20_000

/**
 * Places one order in the shop as a customer would: catalogue, piece, form, model, submit, status page.
 * @returns the order's id, read from the address of its page
 */
export async function placeOrder(shopUrl: string, log: (line: string) => void): Promise<string> {
  const browser = await chromium.launch(await ensureChromium({ log }))
  try {
    return await walkThrough(browser, shopUrl, log)
  } finally {
    await browser.close()
  }
}

async function walkThrough(browser: Browser, shopUrl: string, log: (line: string) => void): Promise<string> {
  const page = await browser.newPage()
  page.setDefaultTimeout(STEP_MS)
  page.on('pageerror', (error) => log(`  the page threw: ${error.message}`))
  log(`  opens the catalogue at ${shopUrl}`)
  await page.goto(shopUrl)
  const piece = page.getByTestId('product').first()
  log(`  chooses "${await piece.getByRole('heading').textContent()}"`)
  await piece.getByRole('link').click()
  await fillForm(page, log)
  await page.getByTestId('submit').click()
  await leaveForm(page)
  await page.getByTestId('status').first().waitFor()
  const orderId = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '')
  log(`  sees the order ${orderId} and its status`)
  return orderId
}

async function fillForm(page: Page, log: (line: string) => void): Promise<void> {
  const file = { name: 'walk-model.stl', mimeType: 'model/stl', buffer: createStlModel() }
  log(`  fills the form in and attaches ${file.name} (${file.buffer.length} bytes)`)
  await page.locator('input[name=quantity]').fill('2')
  await page.locator('input[name=model]').setInputFiles(file)
}

/** Waits for the status page, or for the form's own message, which says what went wrong. */
async function leaveForm(page: Page): Promise<void> {
  const message = page.getByTestId('order-error')
  await Promise.race([page.waitForURL(/\/orders\/[^/]+$/), message.waitFor()])
  if (await message.isVisible()) throw new Error(`the shop refused the order: ${await message.textContent()}`)
}
