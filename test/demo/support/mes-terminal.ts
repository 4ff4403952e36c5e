import { expect, type Locator, type Page } from '@playwright/test'
import { testEmployees } from '../../../demo/identity-provider/employees'

/** Opens the MES in the page and logs in there, as a person does. */
export async function logInAtTerminal(
  page: Page,
  { mesUrl, userId }: { mesUrl: string; userId: string },
): Promise<void> {
  await page.goto(mesUrl)
  await fillLogin(page, userId)
}

/** Goes from the page that asks who is here through the login of the company, and back. */
export async function fillLogin(page: Page, userId: string): Promise<void> {
  const account = testEmployees.find((employee) => employee.userId === userId)
  if (!account) throw new Error(`There is no test employee ${userId}.`)
  await page.getByRole('main').getByRole('button', { name: 'Войти' }).click()
  await page.getByLabel('Логин').fill(account.login)
  await page.getByLabel('Пароль').fill(account.password)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await expect(page.getByTestId('person')).toHaveText(account.name)
}

/** The order's card on the board, or its page. */
export function orderAt(page: Page, id: string): Locator {
  return page.locator(`[data-order="${id}"]`)
}

/** The button of a step. */
export function stepOf(page: Page, id: string, step: string): Locator {
  return orderAt(page, id).locator(`[data-step="${step}"]`)
}
