import { expect, type Page, test } from '@playwright/test'
import { type FakeMes, refusal, startFakeMes } from './support/fake-mes'
import { boardOrders } from './support/mes-data'
import { orderAt, stepOf } from './support/mes-terminal'

let mes: FakeMes

test.beforeEach(async () => {
  mes = await startFakeMes()
})
test.afterEach(() => mes.stop())

const toTake = 'o-b8qn5r3tzw'
const alert = (page: Page) => page.getByRole('alert').filter({ hasText: /./ })

for (const [status, code, text] of [
  [409, 'order_taken', 'Его уже взял другой оператор. Выберите другой заказ.'],
  [409, 'order_not_ready', 'менеджер ещё не подтвердил его, или работа уже идёт'],
  [409, 'status_not_allowed', 'Кто-то успел раньше'],
  [403, 'order_of_another', 'Он у другого оператора'],
  [404, 'order_unknown', 'Такого заказа в производстве нет'],
  [500, 'order_not_changed', 'заказ остался как был'],
  [500, 'internal', 'На сервере что-то сломалось'],
  [502, 'bad_gateway', 'Сервер производства не отвечает'],
  [418, 'brand_new', 'The API says brand_new.'],
] as const) {
  test(`a step refused with ${code} is told with its order, and the screen shows the true state`, async ({ page }) => {
    mes.answers.set(`POST /api/orders/${toTake}/take`, refusal(status, code))
    await page.goto(mes.url)
    const others = boardOrders.map((order) => (order.id === toTake ? { ...order, operatorId: 'u-operator-2' } : order))
    await expect(stepOf(page, toTake, 'take')).toBeVisible()
    mes.answers.set('GET /api/orders', { status: 200, body: { orders: others } })
    await stepOf(page, toTake, 'take').click()
    await expect(alert(page)).toContainText(`Заказ ${toTake}. `)
    await expect(alert(page)).toContainText(text)
    await expect(page.locator('[data-lane=in-work]').locator(orderAt(page, toTake))).toContainText(
      'у оператора u-operator-2',
    )
    await page.getByRole('button', { name: 'Закрыть' }).click()
    await expect(alert(page)).toBeHidden()
  })
}

test('without a network a step says so, the board says so, and both recover', async ({ page }) => {
  await page.goto(mes.url)
  await expect(stepOf(page, toTake, 'take')).toBeVisible()
  await page.route('**/api/**', (route) => route.abort())
  await stepOf(page, toTake, 'take').click()
  await expect(alert(page)).toContainText('Нет связи с сервером. Проверьте сеть')
  await expect(page.getByTestId('stale')).toContainText('Нет связи с сервером. Пробуем снова сами')
  await page.unroute('**/api/**')
  await page.getByRole('button', { name: 'Обновить сейчас' }).click()
  await expect(page.getByTestId('stale')).toBeHidden()
})

test('a session that has ended in the middle of a step is the whole screen, and no notice besides', async ({
  page,
}) => {
  mes.answers.set(`POST /api/orders/${toTake}/take`, refusal(401, 'token_invalid'))
  await page.goto(`${mes.url}/?show=to-take`)
  await expect(stepOf(page, toTake, 'take')).toBeVisible()
  mes.answers.set('GET /api/orders', refusal(401, 'session_required'))
  const secondAnswer = page.waitForResponse((response) => response.url().endsWith('/api/orders') && !response.ok())
  await stepOf(page, toTake, 'take').click()
  // The board asks anew after a step, and hears the same: that does not make it a terminal at which nobody was.
  await secondAnswer
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Сеанс закончился')
  await expect(page.getByTestId('person')).toBeHidden()
  await expect(alert(page)).toBeHidden()
  const login = page.waitForRequest(/\/login\?back=/)
  await page.getByRole('button', { name: 'Войти' }).click()
  expect(new URL((await login).url()).searchParams.get('back')).toBe('/?show=to-take')
})

test('a role that was taken away in the middle leads to the page that says whom to ask', async ({ page }) => {
  await page.goto(mes.url)
  await expect(stepOf(page, toTake, 'take')).toBeVisible()
  mes.answers.set('GET /session', { status: 200, body: { userId: 'u-operator-1', name: 'Анна Лебедева', roles: [] } })
  mes.answers.set('GET /api/orders', refusal(403, 'role_required'))
  mes.answers.set(`POST /api/orders/${toTake}/take`, refusal(403, 'role_required'))
  await stepOf(page, toTake, 'take').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Здесь работают операторы')
  await expect(page.getByTestId('person')).toHaveText('Анна Лебедева')
})

const states: Record<string, { path?: string; prepare?: () => void; heading: string; text: string }> = {
  'nobody logged in': {
    prepare: () => mes.answers.set('GET /session', refusal(401, 'session_required')),
    heading: 'Кто за терминалом?',
    text: 'Терминал общий',
  },
  'a server that does not say who is here': {
    prepare: () => mes.answers.set('GET /session', refusal(502, 'bad_gateway')),
    heading: 'Нет связи с сервером',
    text: 'Не удалось узнать, кто за терминалом',
  },
  'no orders': {
    prepare: () => mes.answers.set('GET /api/orders', { status: 200, body: { orders: [] } }),
    heading: 'Заказы в производстве',
    text: 'Новые заказы появятся здесь сами',
  },
  'no orders of this kind': {
    path: '/?show=mine',
    prepare: noneOfMine,
    heading: 'Заказы в производстве',
    text: 'Сейчас таких заказов нет',
  },
  'a board that does not load': {
    prepare: () => mes.answers.set('GET /api/orders', refusal(500, 'internal')),
    heading: 'Не удалось загрузить заказы',
    text: 'На сервере что-то сломалось',
  },
  'a board that is loading': {
    prepare: () => mes.answers.set('GET /api/orders', new Promise(() => {})),
    heading: 'Заказы в производстве',
    text: 'Загружаем…',
  },
  'an unknown order': { path: '/orders/o-2222222222', heading: 'Такого заказа нет', text: 'o-2222222222' },
  'an order that does not load': {
    path: `/orders/${toTake}`,
    prepare: () => mes.answers.set(`GET /api/orders/${toTake}`, refusal(502, 'bad_gateway')),
    heading: 'Не удалось загрузить заказ',
    text: 'Сервер производства не отвечает',
  },
  'an unknown address': { path: '/nowhere', heading: 'Такой страницы нет', text: 'Все заказы в работе есть на доске' },
  'an unknown filter': { path: '/?show=nothing', heading: 'Заказы в производстве', text: 'Рассчитать цену' },
  'the board': { heading: 'Заказы в производстве', text: 'Взять в работу' },
  'what did not get through': {
    path: '/parked',
    heading: 'Сообщения, которые не дошли',
    text: 'there is no such order',
  },
  'nothing that did not get through': {
    path: '/parked',
    prepare: () => mes.answers.set('GET /api/parked', { status: 200, body: { messages: [] } }),
    heading: 'Сообщения, которые не дошли',
    text: 'Все сообщения дошли',
  },
  'a list of them that does not load': {
    path: '/parked',
    prepare: () => mes.answers.set('GET /api/parked', refusal(500, 'internal')),
    heading: 'Не удалось узнать, что не дошло',
    text: 'На сервере что-то сломалось',
  },
  'an order': { path: '/orders/o-d5xs9vn3pq', heading: 'Заказ o-d5xs9vn3pq', text: 'История' },
}

function noneOfMine(): void {
  const body = { orders: boardOrders.filter(({ operatorId }) => operatorId !== 'u-operator-1') }
  mes.answers.set('GET /api/orders', { status: 200, body })
}

for (const [name, { path = '/', prepare, heading, text }] of Object.entries(states)) {
  test(`${name}: said in words, fits wide and narrow, light and dark, and throws nothing`, async ({ page }) => {
    const thrown: string[] = []
    page.on('pageerror', (error) => thrown.push(error.message))
    page.on('console', (message) => message.text().includes('Content Security Policy') && thrown.push(message.text()))
    prepare?.()
    for (const width of [1280, 390]) {
      await page.emulateMedia({ colorScheme: width === 390 ? 'dark' : 'light' })
      await page.setViewportSize({ width, height: 844 })
      await page.goto(mes.url + path)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
      await expect(page.getByRole('main')).toContainText(text)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    }
    expect(thrown).toEqual([])
  })
}

test('the language is switched in place, figures too, and stays on the next page', async ({ page }) => {
  await page.goto(mes.url)
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Orders in production')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(orderAt(page, 'o-6zm26fq8dx')).toContainText('Waiting 27 days')
  await expect(orderAt(page, 'o-6zm26fq8dx')).toContainText('Fern earrings')
  await expect(page.getByRole('button', { name: 'Switch operator' })).toBeVisible()
  await page.goto(`${mes.url}/orders/o-9fd4m2xvjh`)
  await expect(page).toHaveTitle('Order o-9fd4m2xvjh · Oprava')
  await expect(page.locator('.details')).toContainText('2 pieces')
  await expect(page.getByTestId('history')).toContainText('2 Mar 2026')
  await page.getByRole('button', { name: 'Русский' }).click()
  await expect(page.locator('.details')).toContainText('2 штуки')
})
