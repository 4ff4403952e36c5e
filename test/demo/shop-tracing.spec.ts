import { expect, type Page, test } from '@playwright/test'
import { createStlModel } from '../../demo/walk/stl-model'
import { type FakeShop, startFakeShop } from './support/fake-shop'

/** Stands where the tracing script stands, and writes down what the page asks of it; survives the page in its storage. */
const RECORDER = `
  const record = (...call) => localStorage.setItem('calls', JSON.stringify([...calls(), call]))
  const calls = () => JSON.parse(localStorage.getItem('calls') ?? '[]')
  window.ordertrace = {
    setUser: (id) => record('setUser', id),
    order: async (step, fn) => {
      record('order', step)
      try {
        const result = await fn({ setId: (id) => record('setId', id) })
        record('done')
        return result
      } catch (error) {
        record('failed', error.message)
        throw error
      }
    },
  }`

let shop: FakeShop

test.beforeEach(async ({ page }) => {
  shop = await startFakeShop()
  await page.route('**/stub.js', (route) => route.fulfill({ contentType: 'text/javascript', body: RECORDER }))
  await page.route('**/ordertrace.min.js', (route) => route.abort())
})
test.afterEach(() => shop.stop())

async function submit(page: Page): Promise<void> {
  await page.goto(`${shop.url}/order?product=ring-dawn`)
  await page.locator('#model').setInputFiles({ name: 'a.stl', mimeType: 'model/stl', buffer: createStlModel() })
  await page.getByTestId('submit').click()
}

const calls = (page: Page) => page.evaluate(() => JSON.parse(localStorage.getItem('calls') ?? '[]'))

test('the form tells the tracing who the customer is, the step, and the id of the order', async ({ page }) => {
  await submit(page)
  await expect(page.getByTestId('status')).toBeVisible()
  const expected = [['setUser', 'u-7'], ['order', 'submit'], ['setId', 'o-42'], ['done'], ['setUser', 'u-7']]
  expect(await calls(page)).toEqual(expected)
})

test("a refused order fails with the API's own words, whatever language the customer reads", async ({ page }) => {
  const error = { code: 'quantity_invalid', message: 'The quantity must be a whole number from 1 to 100.' }
  shop.answers.set('POST /api/orders', { status: 422, body: { error } })
  await submit(page)
  await expect(page.getByTestId('order-error')).toHaveText('Количество: целое число от 1 до 100.')
  expect((await calls(page)).at(-1)).toEqual(['failed', error.message])
})

test('every page carries the stub and then the script with its settings', async ({ page }) => {
  for (const path of ['/', '/order?product=ring-dawn', '/orders', '/orders/o-42', '/account', '/nowhere']) {
    await page.goto(shop.url + path)
    const [stub, script] = await page.locator('head script:not([type=module])').all()
    await expect(stub ?? page.locator('none')).toHaveAttribute('src', '/stub.js')
    const attributes = await script?.evaluate((element) => ({ ...(element as HTMLElement).dataset }))
    expect(attributes).toEqual({
      service: 'internet-shop',
      collector: '/v1/traces',
      collectorCredentials: 'same-origin',
      apis: '/api/',
      baggage: '/api/',
    })
  }
})
