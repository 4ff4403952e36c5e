import { expect, type Page, test } from '@playwright/test'
import { crmOrder } from './support/crm-data'
import { type CrmAnswer, type FakeCrm, refusal, startFakeCrm } from './support/fake-crm'

let crm: FakeCrm

test.beforeEach(async () => {
  crm = await startFakeCrm()
})
test.afterEach(() => crm.stop())

const order = '/orders/o-42'
const [getOrder, postApprove] = [`GET /api${order}`, `POST /api${order}/approve`]
const approve = { name: 'Подтвердить заказ' }
const answer = (body: unknown): CrmAnswer => ({ status: 200, body })
const list = (...ids: string[]) => answer({ orders: ids.map((id) => crmOrder({ id })), next: null })

/** What is alarming now; the regions themselves are always there, for a screen reader to watch. */
const alertOf = (page: Page) => page.getByRole('alert').filter({ hasText: /\S/ })

/** An answer that the test gives when it is time. */
function later(): { promise: Promise<CrmAnswer>; give: (answer: CrmAnswer) => void } {
  let give: (answer: CrmAnswer) => void = () => undefined
  const promise = new Promise<CrmAnswer>((resolve) => {
    give = resolve
  })
  return { promise, give }
}

test('a step that is under way shows it, and cannot be taken twice', async ({ page }) => {
  const { promise, give } = later()
  crm.answers.set(postApprove, promise)
  await page.goto(crm.url + order)
  await page.getByRole('button', approve).dblclick()
  const running = page.getByRole('button', { name: 'Подтверждаем…' })
  await expect(running).toHaveAttribute('aria-disabled', 'true')
  await expect(running).toBeFocused()
  await running.press('Enter')
  give(answer(crmOrder({ status: 'MANUFACTURING_APPROVED' })))
  await expect(page.getByRole('status').filter({ hasText: 'передан в производство' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Что дальше' })).toBeFocused()
  expect(crm.requests.filter((request) => request === postApprove)).toHaveLength(1)
})

test('an order without a price is approved only after a question, whose Escape is a no', async ({ page }) => {
  crm.answers.set(getOrder, answer(crmOrder({ status: 'SUBMITTED', price: null })))
  crm.answers.set(postApprove, answer(crmOrder({ status: 'MANUFACTURING_APPROVED', price: null })))
  await page.goto(crm.url + order)
  const dialog = page.getByRole('dialog', { name: 'Подтвердить без цены?' })
  await page.getByRole('button', approve).click()
  await expect(dialog.getByRole('button', { name: 'Подождать цену' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.getByRole('button', approve).click()
  await dialog.getByRole('button', { name: 'Подождать цену' }).click()
  await expect(dialog).toHaveCount(0)
  expect(crm.requests).not.toContain(postApprove)
  await page.getByRole('button', approve).click()
  await dialog.getByRole('button', { name: 'Подтвердить без цены' }).click()
  await expect(page.getByTestId('status')).toHaveText('Шаг 4 из 9: Подтверждён')
  expect(crm.requests).toContain(postApprove)
})

for (const [code, status, words] of [
  ['order_not_changed', 500, 'Заказ не изменён'],
  ['internal', 500, 'В CRM что-то сломалось'],
  ['login_unavailable', 503, 'Служба входа не отвечает'],
  ['bad_gateway', 502, 'CRM сейчас не отвечает'],
  ['never_heard_of', 418, 'ошибкой 418'],
] as const) {
  test(`a step that fails with ${code} says what to do, in both languages, and can be taken again`, async ({
    page,
  }) => {
    crm.answers.set(postApprove, refusal(status, code))
    await page.goto(crm.url + order)
    await page.getByRole('button', approve).click()
    const alert = page.getByRole('alert').filter({ hasText: words })
    await expect(alert).toContainText('Сейчас заказ в статусе «Цена рассчитана»')
    await page.getByRole('button', { name: 'English' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'The order is now “Priced”' })).not.toContainText(/[а-я]/i)
    crm.answers.set(postApprove, answer(crmOrder({ status: 'MANUFACTURING_APPROVED' })))
    await page.getByRole('button', { name: 'Approve the order' }).click()
    await expect(page.getByTestId('status')).toHaveText('Step 4 of 9: Approved')
  })
}

test('a step whose answer is lost is looked up: it was taken, it was not, or nobody knows', async ({ page }) => {
  crm.answers.set(postApprove, 'cut')
  await page.goto(crm.url + order)
  await page.getByRole('button', approve).click()
  const alert = page.getByRole('alert')
  await expect(alert.filter({ hasText: 'Нет связи' })).toContainText('Сейчас заказ в статусе «Цена рассчитана»')
  crm.answers.set(getOrder, 'cut')
  await page.getByRole('button', approve).click()
  await expect(alert.filter({ hasText: 'Узнать статус не удалось' })).toContainText('прежде чем повторять')
  await expect(alert.filter({ hasText: 'Обновить не удалось' })).toBeVisible()
  crm.answers.set(getOrder, answer(crmOrder({ status: 'MANUFACTURING_APPROVED' })))
  await page.getByRole('button', approve).click()
  await expect(page.getByRole('status').filter({ hasText: 'запрос дошёл' })).toContainText('«Подтверждён»')
  await expect(alertOf(page)).toHaveCount(0)
})

test('a list that cannot be refreshed stays, with its age; one that cannot be had says why', async ({ page }) => {
  await page.goto(crm.url)
  await expect(page.getByTestId('order')).toHaveCount(1)
  crm.answers.set('GET /api/orders', 'cut')
  await page.getByRole('button', { name: 'Обновить' }).click()
  await expect(alertOf(page)).toContainText('показано состояние на')
  await expect(page.getByTestId('order')).toHaveCount(1)
  await page.reload()
  await expect(alertOf(page)).toHaveText(/^Нет связи с CRM/)
  await expect(page.getByTestId('order')).toHaveCount(0)
  crm.answers.set('GET /api/orders', list('o-1', 'o-2'))
  await page.getByRole('button', { name: 'Попробовать ещё раз' }).click()
  await expect(page.getByTestId('order')).toHaveCount(2)
  await expect(alertOf(page)).toHaveCount(0)
})

test('while a search is under way the list before it stays; an answer that comes too late is left alone', async ({
  page,
}) => {
  const { promise, give } = later()
  crm.answers.set('GET /api/orders?search=o-1', promise)
  crm.answers.set('GET /api/orders?search=o-2', list('o-2'))
  await page.goto(crm.url)
  const [rows, search] = [page.getByTestId('order'), page.getByRole('searchbox')]
  await expect(rows).toHaveCount(1)
  await search.fill('o-1')
  await search.press('Enter')
  const region = page.getByRole('region', { name: 'Список заказов' })
  await expect(region).toHaveAttribute('aria-busy', 'true')
  await expect(rows).toContainText('o-42')
  await search.fill('o-2')
  await search.press('Enter')
  await expect(rows).toContainText('o-2')
  const answered = page.waitForResponse((response) => response.url().endsWith('search=o-1'))
  give(list('o-1', 'o-11', 'o-12'))
  await answered
  // Asked after the late answer, so it has been dealt with when this one is there.
  await page.getByRole('button', { name: 'Обновить' }).click()
  await expect(region).toHaveAttribute('aria-busy', 'false')
  await expect(rows).toHaveCount(1)
  await expect(rows).toContainText('o-2')
})

test('what cannot be searched for is said, without an offer to try the same again', async ({ page }) => {
  crm.answers.set('GET /api/orders?search=%27', refusal(422, 'search_invalid'))
  await page.goto(`${crm.url}/?search=%27`)
  await expect(alertOf(page)).toContainText('Так искать нельзя')
  await expect(page.getByRole('button', { name: 'Попробовать ещё раз' })).toHaveCount(0)
})

test('empty lists differ: nothing yet, nothing left to do, nothing that fits', async ({ page }) => {
  for (const [query, heading] of [
    ['', 'Заказов пока нет'],
    ['?status=SHIPPED', 'Здесь ничего не ждёт'],
    ['?search=o-9', 'Ничего не нашлось'],
  ] as const) {
    crm.answers.set(`GET /api/orders${query}`, list())
    await page.goto(`${crm.url}/${query}`)
    await expect(page.getByRole('heading', { level: 2, name: heading })).toBeVisible()
  }
})

test('back at the tab, the page tells the status of now', async ({ page }) => {
  await page.goto(crm.url + order)
  await expect(page.getByTestId('status')).toHaveText('Шаг 3 из 9: Цена рассчитана')
  crm.answers.set(getOrder, answer(crmOrder({ status: 'PACKAGING' })))
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(page.getByTestId('status')).toHaveText('Шаг 7 из 9: Упакован')
})

test('another person at the terminal is noticed, and so is that nobody is there any more', async ({ page }) => {
  const comeBack = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.goto(crm.url)
  await expect(page.getByRole('banner')).toContainText('Мария Орлова')
  crm.answers.set('GET /session', answer({ userId: 'u-manager-2', name: 'Илья Серов', roles: ['manager'] }))
  await comeBack()
  await expect(page.getByRole('banner')).toContainText('Илья Серов')
  crm.answers.set('GET /session', refusal(401, 'session_required'))
  await comeBack()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Сеанс закончился')
})

test('a role that was taken away meanwhile is told', async ({ page }) => {
  crm.answers.set(getOrder, refusal(403, 'role_required'))
  await page.goto(crm.url + order)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Эти страницы для менеджеров')
})

test('a login that cannot be asked for is asked for again', async ({ page }) => {
  crm.answers.set('GET /session', 'cut')
  await page.goto(crm.url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Не удалось узнать, кто вы')
  crm.answers.set('GET /session', answer({ userId: 'u-manager-1', name: 'Мария Орлова', roles: ['manager'] }))
  await page.getByRole('button', { name: 'Попробовать ещё раз' }).click()
  await expect(page.getByTestId('order')).toHaveCount(1)
})

test('a logout that fails says so, and can be tried again', async ({ page }) => {
  crm.answers.set('POST /logout', 'cut')
  await page.goto(crm.url)
  await page.getByRole('button', { name: 'Выйти' }).click()
  await expect(alertOf(page)).toContainText('Выйти не удалось. Нет связи')
  await expect(page.getByRole('banner')).toContainText('Мария Орлова')
  crm.answers.set('POST /logout', answer({ location: '/' }))
  crm.answers.set('GET /session', refusal(401, 'session_required'))
  await page.getByRole('button', { name: 'Выйти' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Заказы «Оправы»')
})

test('the number is copied for support; where the browser forbids it, that is said', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(crm.url + order)
  await page.getByRole('button', { name: 'Скопировать номер' }).click()
  await expect(page.getByText('Номер скопирован')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('o-42')
  await page.evaluate(() => Object.assign(navigator.clipboard, { writeText: () => Promise.reject(new Error('no')) }))
  await page.getByRole('button', { name: 'Скопировать номер' }).click()
  await expect(page.getByText('выделите номер вручную')).toBeVisible()
})
