import { expect, type Page, test } from '@playwright/test'
import { type FakeMes, operator, refusal, startFakeMes } from './support/fake-mes'
import { boardOrders, mesOrder } from './support/mes-data'
import { orderAt, stepOf } from './support/mes-terminal'

let mes: FakeMes

test.beforeEach(async () => {
  mes = await startFakeMes()
})
test.afterEach(() => mes.stop())

const idsIn = (page: Page, lane: string) =>
  page
    .locator(`[data-lane=${lane}] [data-order]`)
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.order))

/** The page looks again, as it does when the network is back. */
const lookAgain = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('online')))

test('orders stand by what is to be done next, mine first, who waits longest on top', async ({ page }) => {
  await page.goto(mes.url)
  await expect(page.getByTestId('card')).toHaveCount(boardOrders.length)
  expect(
    await page.locator('[data-lane]').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.lane)),
  ).toEqual(['mine', 'to-price', 'to-take', 'in-work', 'made', 'priced', 'packed'])
  expect(await idsIn(page, 'mine')).toEqual(['o-9fd4m2xvjh', 'o-d5xs9vn3pq'])
  expect(await idsIn(page, 'to-price')).toEqual(['o-6zm26fq8dx', 'o-j3cz6rf4yb', 'o-k8vd5tm7xs'])
  expect(await idsIn(page, 'to-take')).toEqual(['o-b8qn5r3tzw', 'o-g7wm3jx5hd'])
  await expect(page.locator('[data-lane=in-work] header')).toContainText('и у вас: 2')
})

test('how long an order has waited is said in words, and marked when it is longer than promised', async ({ page }) => {
  await page.goto(mes.url)
  await expect(orderAt(page, 'o-6zm26fq8dx').locator('.late')).toContainText(
    'Ждёт 27 дней дольше обещанных трёх недель',
  )
  await expect(orderAt(page, 'o-b8qn5r3tzw').locator('.soon')).toContainText('Ждёт 17 дней срок скоро выйдет')
  await expect(orderAt(page, 'o-g7wm3jx5hd').locator('.wait')).toHaveText('Ждёт 6 дней')
  await expect(orderAt(page, 'o-k8vd5tm7xs').locator('.wait')).toHaveText('Ждёт меньше часа')
  await expect(page.locator('[data-view=all] .tile-late')).toHaveText('просрочено: 3')
})

test('what is shown is in the address, and stays there', async ({ page }) => {
  await page.goto(mes.url)
  await page.getByRole('link', { name: /^Взять в работу/ }).click()
  await expect(page).toHaveURL(`${mes.url}/?show=to-take`)
  await expect(page.getByTestId('card')).toHaveCount(2)
  await page.reload()
  await expect(page.locator('[data-view=to-take]')).toHaveAttribute('aria-current', 'true')
  // One stage shows all of it, mine too.
  await page.getByRole('link', { name: /^В работе/ }).click()
  await expect(page.getByTestId('card')).toHaveCount(3)
  await page.getByRole('link', { name: /^Мои заказы/ }).click()
  await expect(page.getByTestId('card')).toHaveCount(2)
  await page.goBack()
  await expect(page.getByTestId('card')).toHaveCount(3)
})

test('buttons are there for what the operator may do, and for nothing else', async ({ page }) => {
  await page.goto(mes.url)
  const steps = async (id: string) =>
    orderAt(page, id)
      .locator('[data-step]')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.step))
  await expect(page.getByTestId('card')).toHaveCount(boardOrders.length)
  expect(await steps('o-6zm26fq8dx')).toEqual(['price'])
  expect(await steps('o-b8qn5r3tzw')).toEqual(['take'])
  // Approved before it had a price.
  expect(await steps('o-g7wm3jx5hd')).toEqual(['take', 'price'])
  expect(await steps('o-d5xs9vn3pq')).toEqual(['start', 'price', 'release'])
  expect(await steps('o-9fd4m2xvjh')).toEqual(['complete'])
  for (const id of ['o-f4tr8bzc6k', 'o-c2hj7ykd4m', 'o-h9kq2np8vt', 'o-7p3wkt5cnb']) expect(await steps(id)).toEqual([])

  mes.answers.set('GET /session', {
    status: 200,
    body: { ...operator, userId: 'u-foreman', roles: ['manager', 'operator'] },
  })
  await page.reload()
  await expect(stepOf(page, 'o-f4tr8bzc6k', 'release')).toBeVisible()
})

test('with five hundred orders, looking again touches only what has changed', async ({ page }) => {
  const many = Array.from({ length: 500 }, (_, at) => mesOrder({ id: `o-${at}`, days: 20 - at / 50 }))
  mes.answers.set('GET /api/orders', { status: 200, body: { orders: many } })
  await page.goto(mes.url)
  await expect(page.locator('[data-lane=to-price] [data-order]')).toHaveCount(6)
  await page.getByRole('link', { name: 'Показать все: 500' }).click()
  await expect(page.getByTestId('card')).toHaveCount(500)
  await page.evaluate(() => {
    const touched = new Set<string>()
    Object.assign(window, { touched })
    new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement
        touched.add(element?.closest<HTMLElement>('[data-order]')?.dataset.order ?? String(element?.className))
      }
    }).observe(document.querySelector('main') as Element, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
  })
  await lookAgain(page)
  await mes.waitForRequests('GET /api/orders', 2)
  const changed = many.map((order) => (order.id === 'o-250' ? { ...order, quantity: 7 } : order))
  mes.answers.set('GET /api/orders', { status: 200, body: { orders: changed } })
  // The board hears of it at its next look.
  await expect(orderAt(page, 'o-250').locator('.times')).toContainText('× 7', { timeout: 30_000 })
  expect(await page.evaluate(() => [...(window as unknown as { touched: Set<string> }).touched])).toEqual(['o-250'])
})

test('the board looks again every few seconds, not while it is hidden, and at once when it is seen again', async ({
  page,
}) => {
  await page.clock.install()
  await page.goto(mes.url)
  await mes.waitForRequests('GET /api/orders', 1)
  await expect(page.getByTestId('card')).toHaveCount(boardOrders.length)
  await page.clock.runFor(5000)
  await mes.waitForRequests('GET /api/orders', 2)
  const count = () => mes.requests.filter(({ path }) => path === '/api/orders').length
  await page.evaluate(async () => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await page.clock.runFor(60_000)
  const whileHidden = count()
  await page.evaluate(() => {
    Reflect.deleteProperty(document, 'hidden')
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await mes.waitForRequests('GET /api/orders', whileHidden + 1)
  // At most the one that was under way when the page was hidden.
  expect(whileHidden).toBeLessThanOrEqual(3)
})

test('when the server does not answer, the board stays, says how old it is, and recovers by itself', async ({
  page,
}) => {
  await page.clock.install()
  await page.goto(mes.url)
  await expect(page.getByTestId('card')).toHaveCount(boardOrders.length)
  mes.answers.set('GET /api/orders', refusal(502, 'bad_gateway'))
  await lookAgain(page)
  await expect(page.getByTestId('stale')).toContainText(/Данные на \d\d:\d\d\. Сервер отвечает ошибкой/)
  await expect(page.getByTestId('card')).toHaveCount(boardOrders.length)
  mes.answers.set('GET /api/orders', { status: 200, body: { orders: boardOrders } })
  // The pause after the first failure.
  await page.clock.runFor(10_000)
  await expect(page.getByTestId('stale')).toBeHidden()
})

test('by the keyboard alone: the focus stays with the order, and comes back to it from its page', async ({ page }) => {
  const id = 'o-b8qn5r3tzw'
  const taken = boardOrders.map((order) => (order.id === id ? { ...order, operatorId: operator.userId } : order))
  mes.answers.set(`POST /api/orders/${id}/take`, { status: 200, body: taken.find((order) => order.id === id) })
  await page.goto(mes.url)
  await stepOf(page, id, 'take').focus()
  mes.answers.set('GET /api/orders', { status: 200, body: { orders: taken } })
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-lane=mine]').locator(orderAt(page, id))).toBeVisible()
  await expect(orderAt(page, id).getByRole('link')).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Заказ ${id}`)
  await page.goBack()
  await expect(orderAt(page, id).getByRole('link')).toBeFocused()
})
