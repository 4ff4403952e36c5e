import { expect, type Page, test } from '@playwright/test'
import { createStlModel } from '../../demo/walk/stl-model'
import { type FakeAnswer, type FakeShop, startFakeShop } from './support/fake-shop'

let shop: FakeShop

test.beforeEach(async ({ page }) => {
  shop = await startFakeShop()
  await page.goto(`${shop.url}/order?product=ring-dawn`)
  await expect(page.getByTestId('submit')).toBeVisible()
})
test.afterEach(() => shop.stop())

const MODEL = { name: 'ring.stl', mimeType: 'model/stl', buffer: createStlModel() }

async function submit(page: Page): Promise<void> {
  await page.locator('#model').setInputFiles(MODEL)
  await page.getByTestId('submit').click()
}

test('sends the order as a form and lands on its page', async ({ page }) => {
  await page.getByLabel('Количество').fill('3')
  await submit(page)
  await expect(page).toHaveURL(`${shop.url}/orders/o-42`)
  await expect(page.getByTestId('status')).toBeVisible()
  const [post] = shop.requests.filter((request) => request.method === 'POST' && request.path === '/api/orders')
  expect(post?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
  expect(post?.body).toMatch(/name="quantity"\r\n\r\n3\r\n/)
  expect(post?.body).toMatch(/name="productId"\r\n\r\nring-dawn\r\n/)
  expect(post?.body).toMatch(/name="model"; filename="ring\.stl"/)
})

test('the quantity buttons stay in bounds and the estimate follows', async ({ page }) => {
  const quantity = page.getByLabel('Количество')
  await page.getByRole('button', { name: 'Меньше' }).click()
  await expect(quantity).toHaveValue('1')
  await page.getByRole('button', { name: 'Больше' }).click()
  await expect(quantity).toHaveValue('2')
  await expect(page.locator('#total')).toHaveText(/97.800.₽/)
})

test('shows name and size of the model, and hints when the shop will likely refuse it', async ({ page }) => {
  await page.locator('#model').setInputFiles(MODEL)
  await expect(page.locator('#drop-file')).toContainText('ring.stl')
  await expect(page.locator('#drop-file')).toContainText('284')
  await expect(page.getByTestId('model-warning')).toHaveText('')
  await page.locator('#model').setInputFiles({ ...MODEL, name: 'photo.jpg' })
  await expect(page.getByTestId('model-warning')).toContainText('не 3D-модель')
  await expect(page.getByTestId('submit')).toBeEnabled()
})

test('takes a model that is dropped on the field', async ({ page }) => {
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['solid'], 'dropped.stl'))
    return data
  })
  await page.locator('#drop').dispatchEvent('dragover', { dataTransfer: transfer })
  await expect(page.locator('#drop')).toHaveClass(/over/)
  await page.locator('#drop').dispatchEvent('drop', { dataTransfer: transfer })
  await expect(page.locator('#drop')).not.toHaveClass(/over/)
  await expect(page.locator('#file-name')).toHaveText('dropped.stl')
})

test('while sending, the button waits and the page says so', async ({ page }) => {
  let answer: (value: FakeAnswer) => void = () => undefined
  shop.answers.set('POST /api/orders', new Promise<FakeAnswer>((resolve) => (answer = resolve)))
  await submit(page)
  await expect(page.getByTestId('submit')).toBeDisabled()
  await expect(page.getByRole('progressbar')).toBeVisible()
  await expect(page.locator('#sending-text')).toContainText('284')
  answer({ status: 500, body: { error: { code: 'order_not_saved', message: 'The order could not be saved.' } } })
  await expect(page.getByTestId('order-error')).toContainText('Не получилось сохранить заказ')
  await expect(page.getByTestId('submit')).toBeEnabled()
  await expect(page.getByRole('progressbar')).toBeHidden()
})

const REFUSALS: [number, string, string][] = [
  [400, 'model_missing', 'Приложите 3D-модель.'],
  [401, 'session_required', 'Сеанс закончился. Обновите страницу и попробуйте ещё раз.'],
  [413, 'model_too_large', 'Файл слишком большой: мы принимаем модели до 50 МБ.'],
  [415, 'model_type', 'Это не 3D-модель: мы принимаем STL, OBJ, 3MF, STEP и GLB.'],
  [422, 'quantity_invalid', 'Количество: целое число от 1 до 100.'],
  [418, 'teapot', 'The words of the API'],
]
test('tells the customer about each refusal, and the form can be sent again', async ({ page }) => {
  const placed = shop.answers.get('POST /api/orders') as FakeAnswer
  await page.locator('#model').setInputFiles(MODEL)
  for (const [status, code, words] of REFUSALS) {
    shop.answers.set('POST /api/orders', { status, body: { error: { code, message: 'The words of the API' } } })
    await page.getByTestId('submit').click()
    await expect(page.getByTestId('order-error'), `${status} ${code}`).toHaveText(words)
  }
  shop.answers.set('POST /api/orders', placed)
  await page.getByTestId('submit').click()
  await expect(page).toHaveURL(/\/orders\/o-42$/)
})

test('an answer that is no JSON is told in words', async ({ page }) => {
  await page.route('**/api/orders', (route) => route.fulfill({ status: 503, body: '<h1>Bad gateway</h1>' }))
  await submit(page)
  await expect(page.getByTestId('order-error')).toHaveText(
    'Магазин ответил ошибкой 503. Попробуйте ещё раз немного позже.',
  )
})

test('a product that is not in the catalogue is told in words', async ({ page }) => {
  await page.goto(`${shop.url}/order?product=none`)
  await expect(page.getByRole('alert').first()).toHaveText('Такого украшения в каталоге нет.')
})

for (const blocked of [['**/ordertrace.min.js'], ['**/stub.js', '**/ordertrace.min.js']]) {
  test(`sells with ${blocked.join(' and ')} blocked`, async ({ page }) => {
    const refused: string[] = []
    page.on('requestfailed', (request) => refused.push(new URL(request.url()).pathname))
    for (const pattern of blocked) await page.route(pattern, (route) => route.abort())
    await page.goto(`${shop.url}/order?product=ring-dawn`)
    await submit(page)
    await expect(page.getByTestId('status')).toBeVisible()
    expect(refused).toContain('/ordertrace.min.js')
  })
}
