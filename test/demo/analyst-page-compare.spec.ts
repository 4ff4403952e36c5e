import { expect, type Page } from '@playwright/test'
import { dayAddress, startOrderStore } from '../support/order-store'
import { makeCheckout } from '../support/traces'
import { analystTest as test } from './support/analyst'

test.use({ locale: 'en-GB', timezoneId: 'UTC' })

const HOUR = 3_600_000
const WEEK = 168 * HOUR

/** So many orders from a time on, the last ones slow by the database; ids go on from one call to the next. */
function orders(at: number, { quick, slow, first }: { quick: number; slow: number; first: number }) {
  return Array.from({ length: quick + slow }, (_, index) =>
    makeCheckout({
      id: first + index,
      at: at + index * 1000,
      database: index < quick ? 0 : 2000,
      // Two people place all slow ones.
      ...(index >= quick && { attributes: { user_id: `u-slow-${index % 2}` } }),
    }),
  )
}

const figure = (page: Page, name: string) =>
  page
    .locator('.key-figures div', { has: page.getByRole('term').getByText(name, { exact: true }) })
    .getByRole('definition')

test('each figure stands beside that of the time before or a week earlier, with what chance says of it', async ({
  analystOf,
  page,
}) => {
  const store = await startOrderStore([
    ...orders(0, { quick: 20, slow: 20, first: 1 }),
    ...orders(-2 * HOUR, { quick: 40, slow: 0, first: 101 }),
    ...orders(-WEEK, { quick: 20, slow: 20, first: 201 }),
  ])
  const { url } = await analystOf(store.url)
  await page.goto(url + dayAddress)
  await expect(page.getByText('Compared with 02/03/2026, 06:00:00 – 02/03/2026, 08:00:00: 40 orders')).toBeVisible()
  await expect(figure(page, 'median')).toHaveText(/^1\.1s ?then 100ms, ▲ \+1,000% ?worse$/)
  // What counts as slow now counts then: by its own median, none of the quick ones would be normal.
  await expect(figure(page, 'slow')).toHaveText(
    /then 0%, = 0 points ?no more than chance|then 0%, ▲ \+\d+ points ?worse/,
  )
  await expect(figure(page, '95 % are quicker than')).toHaveText(/too few to say$/)
  await expect(figure(page, 'failed')).toHaveText(/no more than chance$/)
  await page.getByRole('combobox', { name: 'Compared with' }).selectOption('a week earlier')
  await expect(page.getByText('Compared with 23/02/2026, 08:00:00 – 23/02/2026, 10:00:00: 40 orders')).toBeVisible()
  await expect(figure(page, 'median')).toHaveText(/then 1\.1s, = 0% ?no more than chance$/)
  expect(new URL(page.url()).searchParams.get('against')).toBe('week')
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Compared with' })).toHaveValue('week')
  await page.getByRole('combobox', { name: 'Time', exact: true }).selectOption('30d')
  await expect(page.getByRole('combobox', { name: 'Compared with' })).toBeHidden()
  await store.stop()
})

test('says for whom it is slow again and again, and leads to their orders', async ({ analystOf, page }) => {
  const store = await startOrderStore(orders(0, { quick: 30, slow: 5, first: 1 }))
  const { url } = await analystOf(store.url)
  await page.goto(url + dayAddress)
  const table = page.getByRole('table', { name: 'For whom' })
  await expect(table.getByRole('row')).toHaveText([/^User/, 'u-slow-0303', 'u-slow-1202'])
  await table.getByRole('button', { name: 'u-slow-0' }).click()
  await expect(page.getByText('Only orders of u-slow-0')).toBeVisible()
  await expect(page.getByText('3 orders: all of this time.', { exact: true })).toBeVisible()
  await store.stop()
})

test('the link has the time that is shown, and where the page may not copy it the person can', async ({
  analyst,
  page,
}) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await page.goto(analyst.url + dayAddress.replace('?', '?step=submit&'))
  await expect(page.getByText('95 orders: all of this time.')).toBeVisible()
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByRole('alert')).toContainText('copy it yourself')
  const copied = () => page.evaluate(() => getSelection()?.toString())
  const [from, to] = ['from', 'to'].map((name) => new URLSearchParams(dayAddress).get(name))
  expect(new URL((await copied()) ?? '').searchParams.get('from')).toBe(from)
  expect(new URL((await copied()) ?? '').searchParams.get('to')).toBe(to)
})

test('a period that is a name of JavaScript is none', async ({ analyst, page, complaints }) => {
  await page.goto(`${analyst.url}?period=constructor`)
  await expect(page.getByRole('combobox', { name: 'Time', exact: true })).toHaveValue('24h')
  await expect(page.getByRole('heading', { name: 'No order in this time' })).toBeVisible()
  expect(complaints.filter((line) => !line.includes('404'))).toEqual([])
})
