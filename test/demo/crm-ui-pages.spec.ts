import { expect, test } from '@playwright/test'
import { crmOrder } from './support/crm-data'
import { type FakeCrm, refusal, startFakeCrm } from './support/fake-crm'

let crm: FakeCrm

test.beforeEach(async () => {
  crm = await startFakeCrm()
})
test.afterEach(() => crm.stop())

const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]
const pages: [string, string, string][] = [
  ['/', 'Заказы', 'Orders'],
  ['/?status=CLOSED', 'Заказы', 'Orders'],
  ['/orders/o-42', 'Заказ o-42', 'Order o-42'],
  ['/orders/o-43', 'Такого заказа нет', 'There is no such order'],
  ['/nowhere', 'Такой страницы нет', 'There is no such page'],
]

for (const [path, russian, english] of pages) {
  test(`${path} fits wide and narrow in both languages, throws nothing and keeps to the page's policy`, async ({
    page,
  }) => {
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) wrong.push(message.text())
    })
    crm.answers.set('GET /api/orders/o-43', refusal(404, 'order_unknown'))
    crm.answers.set('GET /api/orders?status=CLOSED', {
      status: 200,
      body: {
        orders: [crmOrder({ id: `o-${'w'.repeat(32)}`, customerId: `u-${'w'.repeat(32)}`, price: 999_999_999_99 })],
        next: 'o-1',
      },
    })
    const heading = page.getByRole('heading', { level: 1 })
    for (const viewport of sizes) {
      await page.setViewportSize(viewport)
      await page.goto(crm.url + path)
      for (const [name, language, other] of [
        [russian, 'ru', 'English'],
        [english, 'en', 'Русский'],
      ] as const) {
        await expect(heading).toHaveText(name)
        await expect(page.locator('html')).toHaveAttribute('lang', language)
        await expect(page).toHaveTitle(new RegExp(`^${name}: .+ CRM$`))
        await expect(page.getByText(/^(Загружаем|Loading)…$/)).toHaveCount(0)
        expect(await page.evaluate(() => document.documentElement.scrollWidth), language).toBeLessThanOrEqual(
          viewport.width,
        )
        await page.getByRole('button', { name: other }).click()
      }
    }
    expect(wrong).toEqual([])
  })
}

test('the chosen language holds on the next page and after a reload, for texts, prices and dates', async ({ page }) => {
  await page.goto(crm.url)
  await expect(page.getByTestId('order')).toContainText(/13.830.₽/)
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByTestId('order')).toContainText('₽13,830')
  await page.getByRole('link', { name: 'Dawn ring' }).click()
  await expect(page.getByTestId('status')).toHaveText('Step 3 of 9: Priced')
  await page.reload()
  await expect(page.locator('.history time').first()).toContainText('4 Mar 2026')
  await page.getByRole('button', { name: 'Русский' }).click()
  await expect(page.locator('.history time').first()).toContainText('4 мар. 2026')
})

test('the way of an order is told in words, step by step', async ({ page }) => {
  await page.goto(`${crm.url}/orders/o-42`)
  const steps = page.getByRole('region', { name: 'Путь заказа' }).getByRole('listitem')
  await expect(steps).toHaveCount(9)
  await expect(steps.nth(1)).toContainText('Оформлен, пройден')
  await expect(steps.nth(2)).toHaveAttribute('aria-current', 'step')
  await expect(steps.nth(8)).toContainText('Закрыт, впереди')
})

test('everything can be reached by the keyboard, past the header too', async ({ page }) => {
  await page.goto(crm.url)
  await expect(page.getByTestId('order')).toHaveCount(1)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'К содержанию' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Обновить' })).toBeFocused()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`texts stand out enough from what is behind them in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await page.goto(`${crm.url}/orders/o-42`)
    await expect(page.getByTestId('status')).toBeVisible()
    const contrasts = await page.evaluate(() => {
      const style = getComputedStyle(document.documentElement)
      const luminance = (name: string) => {
        const hex = style
          .getPropertyValue(name)
          .trim()
          .replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3')
        const [r = 0, g = 0, b = 0] = [1, 3, 5]
          .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
          .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      }
      const pairs = [
        ['--ink', '--paper'],
        ['--ink', '--card'],
        ['--soft', '--paper'],
        ['--soft', '--card'],
        ['--soft', '--over-back'],
        ['--soft', '--gold-back'],
        ['--gold', '--paper'],
        ['--gold', '--card'],
        ['--gold', '--gold-back'],
        ['--link', '--paper'],
        ['--link', '--card'],
        ['--on-wine', '--wine'],
        ['--on-wine', '--wine-over'],
        ['--error', '--error-back'],
        ['--good', '--good-back'],
        ['--cool', '--cool-back'],
      ] as const
      return pairs.map(([text, back]) => {
        const [high = 0, low = 0] = [luminance(text), luminance(back)].sort((a, b) => b - a)
        return { pair: `${text} on ${back}`, ratio: (high + 0.05) / (low + 0.05) }
      })
    })
    // WCAG 2.2, 1.4.3: what a text of this size needs.
    expect(contrasts.filter(({ ratio }) => !(ratio >= 4.5))).toEqual([])
  })
}
