import type { Page } from '@playwright/test'
import { createStlModel } from './stl-model'

/** As long as one step of a person may take on a slow machine, ms. */
export const stepPatience = 20_000

/** Opens the shop and fills the form of an order in, as a customer would: catalogue, piece, form, model. */
export async function prepareOrder(page: Page, shopUrl: string, log: (line: string) => void): Promise<void> {
  page.setDefaultTimeout(stepPatience)
  log(`opens the catalogue at ${shopUrl}`)
  await page.goto(shopUrl)
  const piece = page.getByTestId('product').first()
  log(`chooses "${await piece.getByRole('heading').textContent()}"`)
  await piece.getByRole('link').click()
  const file = { name: 'walk-model.stl', mimeType: 'model/stl', buffer: createStlModel() }
  log(`fills the form in and attaches ${file.name} (${file.buffer.length} bytes)`)
  await page.locator('input[name=quantity]').fill('2')
  await page.locator('input[name=model]').setInputFiles(file)
}

/**
 * Submits the form and looks at the status page.
 * @returns the order's id, read from the address of its page
 * @throws Error with the shop's own words when it refuses the order
 */
export async function submitOrder(page: Page, log: (line: string) => void): Promise<string> {
  await page.getByTestId('submit').click()
  const message = page.getByTestId('order-error')
  await Promise.race([page.waitForURL(/\/orders\/[^/]+$/), message.waitFor()])
  if (await message.isVisible()) throw new Error(`the shop refused the order: ${await message.textContent()}`)
  await page.getByTestId('status').first().waitFor()
  const orderId = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '')
  log(`sees the order ${orderId} and its status`)
  return orderId
}
