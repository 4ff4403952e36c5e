import { expect } from '@playwright/test'
import { dayAddress, startOrderStore } from '../support/order-store'
import { lifeSteps, makeLife } from '../support/whole-life'
import { analystTest as test } from './support/analyst'

test.use({ locale: 'en-GB', timezoneId: 'UTC' })

test("an order's whole life is one line over shop, CRM and MES: each part of its way well, slow or failed", async ({
  analystOf,
  page,
}, testInfo) => {
  const store = await startOrderStore(makeLife({ close: { isBroken: true, outcome: 'failed' } }, 'o-5'))
  const { url } = await analystOf(store.url)
  await page.goto(`${url}${dayAddress}&order=o-5`)
  await expect(page.getByRole('status')).toContainText(/The closing failed/)
  const line = page.getByRole('list', { name: 'Its life as one line' })
  await expect(line.locator('> li')).toHaveCount(lifeSteps.length)
  await expect(line.locator('.of')).toContainText(['shop', 'MES', 'CRM', 'MES', 'MES', 'MES', 'MES', 'CRM', 'CRM'])
  // The part that broke first is the one that the sentence speaks of.
  const broken = line.locator('.first')
  await expect(broken).toHaveCount(1)
  await expect(broken).toHaveAccessibleName(/database shop-db: failed/)
  await expect(line.getByRole('list', { name: 'closing' }).getByRole('listitem', { name: /failed/ })).not.toHaveCount(0)
  await expect(line.getByRole('list', { name: 'submission' }).getByRole('listitem').first()).toHaveText('browser: well')
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 })
    // One line: nothing of it stands below the rest.
    const tops = await line
      .locator('.parts')
      .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().top))
    expect(new Set(tops).size).toBe(1)
    await testInfo.attach(`life-${width}`, {
      body: await page.screenshot({ fullPage: true }),
      contentType: 'image/png',
    })
  }
  await store.stop()
})

test('a life without trouble is a line without marks', async ({ analystOf, page }) => {
  const store = await startOrderStore(makeLife({}, 'o-6'))
  const { url } = await analystOf(store.url)
  await page.goto(`${url}${dayAddress}&order=o-6`)
  const line = page.getByRole('list', { name: 'Its life as one line' })
  await expect(line.locator('.parts > li')).not.toHaveCount(0)
  await expect(line.locator('.failed, .slow, .waiting, .first')).toHaveCount(0)
  await expect(page.getByRole('status')).toContainText('Nothing failed and nothing was slow')
  await store.stop()
})
