import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { dayAddress } from '../support/order-store'
import { traceIdOf } from '../support/traces'
import { analystTest as test } from './support/analyst'

test.use({ locale: 'en-GB', timezoneId: 'UTC' })

const figure = async (page: Page, name: string) =>
  page
    .locator('.key-figures div', { has: page.getByRole('term').getByText(name, { exact: true }) })
    .getByRole('definition')

/** The shares of a canvas that are of these colours. */
async function countColours(page: Page, name: RegExp, colours: string[]): Promise<number[]> {
  const canvas = page.getByRole('img', { name }).locator('canvas')
  return canvas.evaluate((element, wanted) => {
    const { width, height } = element as HTMLCanvasElement
    const { data } = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] }
    const counts = new Map(wanted.map((colour) => [colour, 0]))
    for (let at = 0; at < data.length; at += 4) {
      const colour = `#${[0, 1, 2]
        .map((part) =>
          Number(data[at + part])
            .toString(16)
            .padStart(2, '0'),
        )
        .join('')}`
      if (counts.has(colour)) counts.set(colour, (counts.get(colour) ?? 0) + 1)
    }
    return [...counts.values()].map((count) => count / (width * height))
  }, colours)
}

test('answers every question of the analyst on one page, in figures and in pictures', async ({
  analyst,
  page,
  complaints,
}) => {
  await page.goto(analyst.url + dayAddress)
  await expect(page.getByText('95 orders: all of this time.')).toBeVisible()
  for (const [name, value] of [
    ['orders', '95'],
    ['median', '100ms'],
    ['slow', '23%'],
    ['failed', '3.2%'],
    ['abandoned', '2.1%'],
    ['messages lost', '4'],
  ] as const)
    await expect(await figure(page, name), name).toContainText(value)

  // Slow ones in a colour of their own.
  const [normal = 0, slow = 0] = await countColours(page, /^How long it took\. Half took up to 100ms/, [
    '#5b7698',
    '#c07a12',
  ])
  expect(normal).toBeGreaterThan(slow)
  expect(slow).toBeGreaterThan(0.005)
  const distribution = page.getByRole('figure').filter({ has: page.getByRole('heading', { name: 'How long it took' }) })
  await distribution.getByText('As a table').click()
  const counts = await distribution
    .getByRole('row')
    .evaluateAll((rows) =>
      rows
        .slice(1)
        .map((row) => [...(row as HTMLTableRowElement).cells].slice(1).map((cell) => Number(cell.textContent))),
    )
  const sum = (column: number) => counts.reduce((total, row) => total + (row[column] ?? 0), 0)
  expect([sum(0), sum(1)]).toEqual([90, 21])

  const trend = page.getByRole('figure').filter({ has: page.getByRole('heading', { name: 'Over time' }) })
  await trend.getByText('As a table').click()
  await expect(trend.getByRole('row').nth(1)).toContainText('100ms')

  const hop = page.locator('.hops').getByRole('row', { name: /database shop-db/ })
  await expect(hop.getByRole('cell')).toHaveText(['20ms', '782ms', '+762ms'])
  await expect(page.getByRole('row', { name: 'channel: partner 33% (7) 0% (0) –' })).toBeVisible()
  await expect(page.locator('.causes li').first()).toContainText('slow: database shop-db')
  await expect(page.locator('.causes li').first()).toContainText('+2s')
  await expect(page.locator('.funnel li')).toHaveText([
    /started\s*95\s*100%/,
    /submitted\s*95\s*100%/,
    /confirmed\s*90\s*95%/,
    /message arrived\s*86\s*91%/,
  ])
  await expect(page.getByRole('row', { name: /failed order_not_saved 3/ })).toBeVisible()
  expect(complaints).toEqual([])
})

test('the slowest open to their waterfall, with the critical path and a link into Jaeger', async ({
  analyst,
  store,
  page,
}) => {
  await page.goto(analyst.url + dayAddress)
  const table = page.locator('#slowest')
  await expect(table.locator('tr.order')).toHaveCount(20)
  await table.getByRole('combobox', { name: 'How many' }).selectOption('50')
  await expect(table.locator('tr.order')).toHaveCount(50)
  const first = table.locator('tr.order').first()
  await expect(first).toContainText('file storage 3d-files, 3.04s')
  await first.getByRole('button', { name: /^Open o-/ }).click()
  const trace = table.getByRole('table', { name: /^The trace/ })
  await expect(trace.getByRole('row')).toHaveCount(8)
  // The file is what the end had to wait for: all of it is on the critical path. The message is not.
  const part = (name: string) => trace.getByRole('row', { name }).locator('.critical')
  await expect(part('PutObject')).toHaveCount(1)
  await expect(part('mes-api process')).toHaveCount(0)
  const id = new URL(page.url()).searchParams.get('trace') ?? ''
  const link = table.getByRole('link', { name: `Trace ${id.slice(0, 8)}… in Jaeger` })
  const address = (await link.getAttribute('href')) ?? ''
  const answer = await fetch(address, { redirect: 'manual' })
  expect([answer.status, answer.headers.get('location')]).toEqual([302, `${store.url}/trace/${id}`])
  await first.getByRole('button', { name: /^Close o-/ }).click()
  await expect(trace).toBeHidden()
})

test('the address holds the view: a reload and a colleague see the same, and Back leads back', async ({
  analyst,
  page,
  context,
}) => {
  await page.goto(analyst.url + dayAddress)
  await expect(page.getByText('95 orders: all of this time.')).toBeVisible()
  const find = async (text: string) => {
    await page.getByRole('searchbox', { name: 'Order or user' }).fill(text)
    await page.getByRole('button', { name: 'Find' }).click()
  }
  await find('u-61')
  await expect(page.getByText('Only orders of u-61')).toBeVisible()
  await expect(page.getByText('1 order: all of this time.')).toBeVisible()
  await page.getByRole('button', { name: 'show all' }).click()
  await expect(page.getByText('95 orders: all of this time.')).toBeVisible()
  await page.getByRole('spinbutton', { name: 'Slow is longer than' }).fill('2500')
  await page.getByRole('spinbutton', { name: 'Slow is longer than' }).press('Enter')
  await expect(await figure(page, 'slow')).toContainText('7.8%')
  await page.getByRole('combobox', { name: 'Step of the order' }).selectOption('crm: approval')
  await expect(page.getByText('1 order: all of this time.')).toBeVisible()
  const asked = new URL(page.url()).searchParams
  expect([asked.get('service'), asked.get('step'), asked.get('slower')]).toEqual(['crm', 'approve', '2500'])

  const other = await context.newPage()
  await other.goto(page.url())
  await page.reload()
  for (const view of [page, other]) {
    await expect(view.getByRole('combobox', { name: 'Step of the order' })).toHaveValue('crm approve')
    await expect(view.getByRole('spinbutton', { name: 'Slow is longer than' })).toHaveValue('2500')
    await expect(view.getByText('1 order: all of this time.')).toBeVisible()
  }
  await page.goBack()
  await expect(page.getByText('95 orders: all of this time.')).toBeVisible()
  await page.getByRole('combobox', { name: 'Time' }).selectOption('7d')
  expect(new URL(page.url()).search).toBe('?period=7d&slower=2500')
})

test('the slowest are those of one outcome, which the address says', async ({ analyst, page }) => {
  await page.goto(analyst.url + dayAddress)
  const rows = page.getByRole('table', { name: 'The slowest orders' }).locator('tr.order')
  await expect(rows).toHaveCount(20)
  await expect(rows.getByText('confirmed', { exact: true })).toHaveCount(20)
  const ended = page.getByRole('combobox', { name: 'Ended' })
  await ended.selectOption('failed')
  await expect(rows).toHaveText([/failed/, /failed/, /failed/])
  await page.reload()
  await expect(rows).toHaveText([/failed/, /failed/, /failed/])
  await ended.selectOption('open')
  await expect(rows).toHaveCount(0)
  await expect(page.getByText('No order ended so.')).toBeVisible()
  await page.getByRole('combobox', { name: 'How many' }).selectOption('100')
  await ended.selectOption('any')
  await expect(rows).toHaveCount(95)
  expect(new URL(page.url()).searchParams.get('outcome')).toBe('all')
})

test('all orders can be had as CSV', async ({ analyst, page }) => {
  await page.goto(analyst.url + dayAddress)
  const started = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download CSV' }).click()
  const download = await started
  expect(download.suggestedFilename()).toBe('internet-shop-submit.csv')
  const lines = (await readFile(await download.path(), 'utf8')).split('\r\n')
  expect(lines).toHaveLength(97)
  expect(lines[0]).toMatch(/^\uFEFFstarted,order_id,user_id,service,step,outcome/)
  expect(lines.filter((line) => line.includes(traceIdOf(95)))).toHaveLength(1)
})

test('support types the number of an order, and reads what became of it', async ({ analyst, page, complaints }) => {
  await page.goto(analyst.url + dayAddress)
  await page.getByRole('searchbox', { name: 'Order or user' }).fill(' o-87 ')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Order o-87' })).toBeFocused()
  await expect(page.getByRole('status')).toHaveText(
    'The submission was saved, but its message never reached the MES: The message cannot be read.',
  )
  const step = page.getByRole('list', { name: 'Its steps' }).getByRole('listitem').first()
  await expect(step.locator('.way > li')).toHaveText([
    /✓\s*browser/,
    /✓\s*network/,
    /✓\s*API shop-api/,
    /✓\s*file storage 3d-files/,
    /✓\s*database shop-db/,
    /✗\s*queue → MES 30ms\s*The message cannot be read/,
  ])
  await step.getByRole('button', { name: 'Trace submission' }).click()
  await expect(step.getByRole('row', { name: /mes-api process.* The message cannot be read/ })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Order o-87' })).toBeVisible()
  await expect(step.getByRole('row', { name: /mes-api process/ })).toBeVisible()
  await page.getByRole('button', { name: 'Русский' }).click()
  await expect(page.getByRole('status')).toContainText('MES его не получил')
  await page.getByRole('button', { name: '← Все заказы' }).click()
  await expect(page.getByText('Заказов: 95, это все за выбранное время.')).toBeVisible()
  await page.getByRole('searchbox').fill('o-none')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText('Ни одна трасса не называет этот заказ')
  expect(complaints.filter((line) => !line.includes('404'))).toEqual([])
})
