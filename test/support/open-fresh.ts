import type { Browser, Page } from '@playwright/test'

/** Opens a page in a browser that remembers nothing, until `look` has looked at it. */
export async function openFresh(browser: Browser, url: string, look: (page: Page) => Promise<unknown>): Promise<void> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(url)
  await look(page)
  await context.close()
}
