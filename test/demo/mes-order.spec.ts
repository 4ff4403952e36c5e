import { expect, test } from '@playwright/test'
import { type FakeMes, operator, refusal, startFakeMes } from './support/fake-mes'
import { boardOrders, fullHistory, mesOrder } from './support/mes-data'
import { orderAt, stepOf } from './support/mes-terminal'

let mes: FakeMes

test.beforeEach(async () => {
  mes = await startFakeMes()
})
test.afterEach(() => mes.stop())

const started = 'o-9fd4m2xvjh'
const unpriced = 'o-d5xs9vn3pq'

test('an order shows what to make, where it is on its way, and who did what', async ({ page }) => {
  await page.goto(`${mes.url}/orders/${started}`)
  await expect(page).toHaveTitle(`Заказ ${started} · Оправа`)
  for (const text of ['Кольцо «Рассвет»', '2 штуки', 'Золото 585', 'Кольцо.stl, 825 кБ', '78 030 ₽']) {
    await expect(page.locator('.details')).toContainText(new RegExp(text.replaceAll(' ', '\\s')))
  }
  await expect(page.getByTestId('holder')).toHaveText('у вас')
  const line = page.locator('.line li')
  await expect(line).toHaveCount(9)
  await expect(line.nth(3)).toContainText('Подтверждён, пройден')
  await expect(line.nth(4)).toHaveAttribute('aria-current', 'step')
  await expect(line.nth(8)).toContainText('Закрыт, впереди')
  const history = page.getByTestId('history').locator('li')
  await expect(history).toHaveCount(fullHistory.length)
  await expect(history.nth(4)).toContainText('Возвращён в очередь')
  await expect(history.nth(4)).toContainText('u-foreman')
  await expect(history.nth(5)).toContainText('вы')
  await expect(history.nth(0).locator('time')).toHaveAttribute('datetime', fullHistory[0]?.at ?? '')
})

test('the number of the order is copied for the support', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${mes.url}/orders/${started}`)
  await page.getByRole('button', { name: 'Скопировать номер' }).click()
  await expect(page.getByRole('status').getByText('Номер скопирован')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(started)
})

test('what an order waits for is said where there is nothing to do', async ({ page }) => {
  for (const [id, text] of [
    ['o-h9kq2np8vt', 'Ждём менеджера'],
    ['o-f4tr8bzc6k', 'Вернуть его в очередь может он сам или начальник смены'],
    ['o-c2hj7ykd4m', 'Его упакует тот, кто изготовил'],
    ['o-7p3wkt5cnb', 'Дальше его отправит менеджер'],
    [unpriced, 'Цены ещё нет'],
  ] as const) {
    await page.goto(`${mes.url}/orders/${id}`)
    await expect(page.locator('.act .hint')).toContainText(text)
  }
})

test('a button shows that it works, and is pressed once however often it is touched', async ({ page }) => {
  let answer = (_order: object) => {}
  const pending = new Promise<{ status: number; body: unknown }>((resolve) => {
    answer = (body) => resolve({ status: 200, body })
  })
  mes.answers.set(`POST /api/orders/${started}/complete`, pending)
  await page.goto(`${mes.url}/orders/${started}`)
  const button = stepOf(page, started, 'complete')
  await button.click()
  await expect(button).toHaveText('Отмечаем…')
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await expect(button).toBeFocused()
  // Playwright waits for what is not disabled; a finger does not.
  await button.dispatchEvent('click')
  await page.keyboard.press('Enter')
  const done = { ...boardOrders.find(({ id }) => id === started), status: 'MANUFACTURING_COMPLETED' }
  mes.answers.set(`GET /api/orders/${started}`, { status: 200, body: { ...done, history: fullHistory } })
  answer(done)
  await expect(page.getByRole('status').getByText(`Заказ ${started} изготовлен.`)).toBeVisible()
  await expect(stepOf(page, started, 'package')).toBeVisible()
  // The button that had the focus is gone: it stays with the order.
  await expect(page.getByTestId('status')).toBeFocused()
  expect(mes.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

test('the material is chosen with its price before one’s eyes, and the choice outlives a failure of the server', async ({
  page,
}) => {
  const price = `POST /api/orders/${unpriced}/price`
  await page.goto(`${mes.url}/orders/${unpriced}`)
  await stepOf(page, unpriced, 'price').click()
  const dialog = page.getByRole('dialog', { name: 'Цена заказа' })
  await expect(dialog.getByRole('radio')).toHaveCount(3)
  await dialog.getByRole('button', { name: 'Выберите материал' }).click({ force: true })
  expect(mes.requests.filter(({ method }) => method === 'POST')).toEqual([])
  await dialog.getByText('Серебро с позолотой').click()
  mes.answers.set(price, refusal(500, 'order_not_changed'))
  await dialog.getByRole('button', { name: /Назначить 17.030.₽/ }).click()
  await expect(dialog.getByRole('alert')).toContainText('заказ остался как был')
  await expect(dialog.getByRole('radio', { name: 'Серебро с позолотой' })).toBeChecked()

  const priced = mesOrder({
    id: unpriced,
    status: 'MANUFACTURING_APPROVED',
    material: 'silver-gilded',
    price: 1_703_000,
  })
  mes.answers.set(price, { status: 200, body: { ...priced, operatorId: operator.userId } })
  await dialog.getByRole('button', { name: /Назначить/ }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('status').getByText(/цена 17.030.₽/)).toBeVisible()
  expect(mes.requests.filter(({ method }) => method === 'POST').at(-1)?.body).toBe('{"material":"silver-gilded"}')
})

test('the dialog says when the prices cannot be had, and asks again', async ({ page }) => {
  mes.answers.set(`GET /api/orders/${unpriced}/prices`, refusal(502, 'bad_gateway'))
  await page.goto(`${mes.url}/orders/${unpriced}`)
  await stepOf(page, unpriced, 'price').click()
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
    'Не удалось узнать цены. Сервер производства не отвечает.',
  )
  mes.answers.set(`GET /api/orders/${unpriced}/prices`, {
    status: 200,
    body: { prices: [{ material: 'gold-585', price: 100 }] },
  })
  await page.getByRole('dialog').getByRole('button', { name: 'Попробовать снова' }).click()
  await expect(page.getByRole('radio')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(stepOf(page, unpriced, 'price')).toBeFocused()
})

test('an order that arrives only now appears by itself', async ({ page }) => {
  await page.clock.install()
  await page.goto(`${mes.url}/orders/o-new`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Такого заказа нет')
  mes.answers.set('GET /api/orders/o-new', { status: 200, body: { ...mesOrder({ id: 'o-new' }), history: [] } })
  // The pause after the first failure.
  await page.clock.runFor(10_000)
  await expect(orderAt(page, 'o-new').getByTestId('status')).toHaveText('Шаг 2 из 9: Оформлен')
})
