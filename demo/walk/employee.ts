import type { Browser, Page } from '@playwright/test'
import { stepPatience } from './customer'

/** A button of a UI, and what it asks the API for. */
export interface Press {
  step: string
  button: string
  /** What else has to be filled in before the request goes out. */
  fill?(page: Page): Promise<void>
}

/** An employee at a screen of his own. */
export interface Employee {
  page: Page
  /**
   * Opens the order and presses the button as soon as it is there; another system may have to be heard of first.
   * @returns the HTTP status of the API's answer, or nothing when the button did not come in time
   */
  press(orderId: string, press: Press, patience?: number): Promise<number | undefined>
}

/** How long one look at the order's page may take before it is opened anew, ms. */
const lookMs = 3000

/** Logs an employee in at a UI, by the list of test employees on the login page. */
export async function openEmployee(browser: Browser, uiUrl: string, name: string): Promise<Employee> {
  const context = await browser.newContext({ locale: 'ru-RU' })
  const page = await context.newPage()
  page.setDefaultTimeout(stepPatience)
  await page.goto(`${uiUrl}/login`)
  await page.getByRole('button', { name: `Войти как ${name}` }).click()
  await page.waitForURL(`${uiUrl}/**`)
  return {
    page,
    async press(orderId, { step, button, fill }, patience = stepPatience) {
      if (!(await find(page, `${uiUrl}/orders/${encodeURIComponent(orderId)}`, { button, patience }))) return undefined
      const answer = page.waitForResponse((response) =>
        new URL(response.url()).pathname.endsWith(`/${orderId}/${step}`),
      )
      // A click that fails says more than the answer that then never comes.
      answer.catch(() => undefined)
      await page.getByRole('button', { name: button, exact: true }).click()
      await fill?.(page)
      const response = await answer
      // Or the next page would cut it off.
      await response.finished()
      return response.status()
    },
  }
}

async function find(page: Page, url: string, { button, patience }: { button: string; patience: number }) {
  const end = Date.now() + patience
  do {
    await page.goto(url)
    const wanted = page.getByRole('button', { name: button, exact: true })
    const isThere = await wanted.waitFor({ timeout: Math.min(lookMs, patience) }).then(
      () => true,
      () => false,
    )
    if (isThere) return true
  } while (Date.now() < end)
  return false
}
