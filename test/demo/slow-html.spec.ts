import { pathToFileURL } from 'node:url'
import { expect, test } from '@playwright/test'
import { dayArguments, makeDay, startOrderStore } from '../support/order-store'
import { runCommand } from '../support/run-command'
import { makeCheckout } from '../support/traces'

test.use({ locale: 'en-GB', timezoneId: 'UTC' })

const evil = `</script><img src=x onerror="document.title='owned'"><!--`

test('the written page says it all without a server, and nothing in it that came from outside is run', async ({
  page,
}, testInfo) => {
  const file = testInfo.outputPath('report.html')
  const slowest = makeCheckout({ id: 900, database: 9000, attributes: { order_id: evil, channel: evil } })
  const store = await startOrderStore([...makeDay(), slowest])
  const written = await runCommand(['slow', '--jaeger', store.url, ...dayArguments, '--html', file])
  expect([written.code, written.err]).toEqual([0, `${file} is written.\n`])
  await store.stop()

  const asked: string[] = []
  const complaints: string[] = []
  await page.route(/^https?:/, (route) => {
    asked.push(route.request().url())
    return route.abort()
  })
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(pathToFileURL(file).href)

  await expect(page.getByText('96 orders: all of this time.')).toBeVisible()
  await expect(page.locator('.key-figures')).toContainText('100ms')
  const row = page.getByRole('table', { name: 'The slowest orders' }).getByRole('row').nth(1)
  await expect(row).toContainText(evil)
  await row.getByRole('button', { expanded: false }).click()
  await expect(page.locator('.opened')).toContainText('pg.query:INSERT shop')
  await expect(page.locator('img[src="x"]')).toHaveCount(0)
  expect(await page.title()).not.toBe('owned')
  expect([asked, complaints]).toEqual([[], []])
  // What was watched would have been seen.
  await page.evaluate(() => fetch('http://127.0.0.1:9/').catch(() => undefined))
  expect(asked).toEqual(['http://127.0.0.1:9/'])
})

test('the written page has the time that it is compared with', async ({ page }, testInfo) => {
  const file = testInfo.outputPath('report.html')
  const week = -7 * 24 * 3_600_000
  const earlier = Array.from({ length: 60 }, (_, index) => makeCheckout({ id: 500 + index, at: week + index }))
  const store = await startOrderStore([...makeDay(), ...earlier])
  const { code } = await runCommand([
    ...['slow', '--jaeger', store.url, ...dayArguments],
    ...['--compare', 'week', '--outcome', 'failed', '--top', '2', '--html', file],
  ])
  expect(code).toBe(0)
  await store.stop()
  await page.goto(pathToFileURL(file).href)
  await expect(
    page.getByText('Compared with 23/02/2026, 08:00:00 – 23/02/2026, 10:00:00: 60 orders: all of this time.'),
  ).toBeVisible()
  await expect(page.locator('.key-figures')).toContainText(/slow23%then 0%, ▲ \+23 pointsworse/)
  await expect(page.getByRole('figure').filter({ hasText: 'Over time' })).toContainText('a week earlier')
  // What was asked for of the slowest, and can be changed.
  const rows = page.getByRole('table', { name: 'The slowest orders' }).locator('tr.order')
  await expect(rows).toHaveText([/failed/, /failed/])
  await page.getByRole('combobox', { name: 'Ended' }).selectOption('confirmed')
  await expect(rows).toHaveText([/confirmed/, /confirmed/])
  await page.reload()
  await expect(rows).toHaveText([/confirmed/, /confirmed/])
  await page.getByRole('combobox', { name: 'How many' }).selectOption('100')
  await expect(rows).toHaveCount(90)
  // One in which nothing was wrong.
  await rows.last().getByRole('button', { name: /Open/ }).click()
  const opened = page.locator('.opened')
  await expect(opened).toContainText('This file has not got this trace.')
  await expect(opened.getByRole('link')).toHaveAttribute('href', /\/trace\/[0-9a-f]{32}$/)
})
