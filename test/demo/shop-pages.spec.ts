import { expect, type Page, test } from '@playwright/test'
import { type FakeShop, startFakeShop } from './support/fake-shop'
import { PLACED_ORDER } from './support/shop-data'

let shop: FakeShop

test.beforeEach(async () => {
  shop = await startFakeShop()
})
test.afterEach(() => shop.stop())

const PAGES: [string, string][] = [
  ['/', 'Украшения по вашей 3D‑модели'],
  ['/order?product=ring-dawn', 'Новый заказ'],
  ['/orders', 'Мои заказы'],
  [`/orders/${PLACED_ORDER.id}`, 'Заказ o-42'],
  ['/account', 'Кабинет'],
  ['/nowhere', 'Такой страницы нет'],
]
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]

for (const [path, heading] of PAGES) {
  test(`${path} fits wide and narrow and throws nothing`, async ({ page }) => {
    const thrown: string[] = []
    page.on('pageerror', (error) => thrown.push(error.message))
    for (const viewport of SIZES) {
      await page.setViewportSize(viewport)
      await page.goto(shop.url + path)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
      await loaded(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width)
    }
    expect(thrown).toEqual([])
  })
}

test('the catalogue shows the products and leads to the form of the chosen one', async ({ page }) => {
  await page.goto(shop.url)
  await expect(page.getByTestId('product')).toHaveCount(6)
  await expect(page.getByTestId('product').first()).toContainText(/от 48.900.₽/)
  await page.getByRole('link', { name: 'Браслет из звеньев' }).click()
  await expect(page).toHaveURL(/\/order\?product=bracelet-link$/)
  await expect(page.locator('#piece')).toContainText('Браслет из звеньев')
})

test('every product has a drawing of its own, and one without gets the common one', async ({ page }) => {
  await page.goto(shop.url)
  await expect(page.getByTestId('product')).toHaveCount(6)
  const broken = () =>
    page.locator('img').evaluateAll((all) => all.filter((img) => !(img as HTMLImageElement).naturalWidth).length)
  await expect.poll(broken).toBe(0)
  expect(await page.locator('img[src$="piece.svg"]').count()).toBe(0)
  shop.answers.set('GET /api/products', {
    status: 200,
    body: [{ id: 'new', name: { ru: 'Новое' }, description: {}, price: 100 }],
  })
  await page.reload()
  await expect(page.locator('img[src$="piece.svg"]')).toHaveCount(1)
})

test('the language is switched in place and stays on the next page', async ({ page }) => {
  await page.goto(shop.url)
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Jewellery from your 3D model')
  await expect(page.getByRole('link', { name: 'Dawn ring' })).toBeVisible()
  await page.getByRole('link', { name: 'My orders' }).click()
  await expect(page).toHaveTitle('My orders: Oprava')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByTestId('order')).toContainText('Confirmed')
})

test('the status page shows nine steps, each in words, and the history with times', async ({ page }) => {
  await page.goto(`${shop.url}/orders/${PLACED_ORDER.id}`)
  await expect(page.getByTestId('status')).toHaveText('Шаг 4 из 9: Подтверждён')
  const steps = page.locator('#line li')
  await expect(steps).toHaveCount(9)
  await expect(steps.nth(2)).toContainText('Цена рассчитана, пройден')
  await expect(steps.nth(3)).toHaveAttribute('aria-current', 'step')
  await expect(steps.nth(8)).toContainText('Получен, впереди')
  await expect(page.locator('#history li')).toHaveCount(4)
  await expect(page.locator('#history time').last()).toHaveAttribute('datetime', '2026-03-03T08:02:00.000Z')
  await expect(page.locator('#details')).toContainText('version 12 (final).stl')
})

test('an order that is not there, or not ours, is told in words', async ({ page }) => {
  const refusal = { code: 'order_unknown', message: 'You have no order with this number.' }
  shop.answers.set('GET /api/orders/o-9', { status: 404, body: { error: refusal } })
  await page.goto(`${shop.url}/orders/o-9`)
  await expect(page.getByRole('alert')).toHaveText('У вас нет заказа с таким номером.')
})

test('an API that is down is told in words on every page', async ({ page }) => {
  await page.goto(shop.url)
  await expect(page.getByTestId('product')).toHaveCount(6)
  await page.route('**/api/**', (route) => route.abort())
  for (const path of ['/', '/order?product=ring-dawn', '/orders', '/orders/o-42', '/account']) {
    await page.goto(shop.url + path)
    await expect(page.getByRole('alert')).toContainText('Нет связи с магазином')
  }
})

test('no orders yet: a way to the catalogue', async ({ page }) => {
  shop.answers.set('GET /api/orders', { status: 200, body: [] })
  await page.goto(`${shop.url}/orders`)
  await page.getByRole('link', { name: 'Выбрать украшение' }).click()
  await expect(page.getByTestId('product')).toHaveCount(6)
})

async function loaded(page: Page): Promise<void> {
  await expect(page.locator('#loading')).toBeHidden()
}
