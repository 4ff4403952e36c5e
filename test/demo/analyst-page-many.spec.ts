import { expect, type Page } from '@playwright/test'
import { manyAddress, startManyOrders } from '../support/many-orders'
import { analystTest as test } from './support/analyst'

test.use({ locale: 'en-GB', timezoneId: 'UTC' })

/** As many as the suite has time for; `npm run bench -- analyst` has fifty thousand. */
const COUNT = 4000

interface Heard {
  kind: string
  length: number
}

/** What the worker says to the page, by its size as text. */
async function hearWorker(page: Page): Promise<() => Promise<Heard[]>> {
  await page.addInitScript(() => {
    const heard: Heard[] = []
    Object.assign(window, { heard })
    const { Worker } = window
    window.Worker = class extends Worker {
      constructor(url: string | URL) {
        super(url)
        this.addEventListener('message', ({ data }) =>
          heard.push({ kind: data.kind, length: JSON.stringify(data).length }),
        )
      }
    }
  })
  return () => page.evaluate(() => (window as unknown as { heard: Heard[] }).heard)
}

test('many orders are computed by the worker: the page hears of figures, as few and as small as for some', async ({
  analystOf,
  page,
}) => {
  const jaeger = await startManyOrders(COUNT)
  const { url } = await analystOf(jaeger.url)
  const heard = await hearWorker(page)
  await page.goto(url + manyAddress(COUNT))
  await expect(page.getByText('4,000 orders: all of this time.')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('progressbar')).toBeHidden({ timeout: 60_000 })
  const during = await heard()
  const slices = during.filter(({ kind }) => kind === 'progress').length
  const reports = during.filter(({ kind }) => kind === 'report')
  expect(slices).toBeGreaterThan(COUNT / 400)
  expect(reports.length).toBeGreaterThan(1)
  // One at once, one for each time that was read, and between them not one for each answer.
  expect(reports.length).toBeLessThan(slices)
  // An order is some 600 characters: all of them would be two millions, at each report.
  for (const { length } of reports) expect(length).toBeLessThan(100_000)

  await page.getByRole('spinbutton', { name: 'Slow is longer than' }).fill('2500')
  await page.getByRole('spinbutton', { name: 'Slow is longer than' }).press('Enter')
  await expect(page.locator('.key-figures div', { hasText: 'slow' })).toContainText('2%')
  const after = (await heard()).slice(during.length)
  // Nothing is read again, and one report answers.
  expect(after.map(({ kind }) => kind)).toEqual(['report'])
  expect(await page.locator('body *').count()).toBeLessThan(3000)
  await jaeger.stop()
})
