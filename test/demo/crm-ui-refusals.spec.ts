import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TraceSpan } from '../../demo/walk/trace-span'
import { expect, test } from './support/crm'
import { logIn } from './support/employee'
import { placeOrder } from './support/placed-order'

const approve = { name: 'Подтвердить заказ' }
const isServer = ({ service, kind }: TraceSpan) => service === 'crm-api' && kind === 'server'

/** A failed operation: its outcome and cause, and the server's own span of it. */
function expectFailure(spans: TraceSpan[], { step, code, id }: { step: string; code: string; id: string }): void {
  const ids = { order_id: id, user_id: 'u-manager-1' }
  expect(spans.find(({ name }) => name === `order.${step}`)).toMatchObject({
    failed: true,
    attributes: { ...ids, 'order.outcome': 'failed', 'error.type': code },
  })
  expect(spans.find(isServer)).toMatchObject({ failed: true, attributes: { ...ids, 'error.type': code } })
}

test('of two managers the slower is told so, sees the true status, and leaves a failed span', async ({
  customer,
  operator,
  crm,
  system,
  findStep,
}) => {
  const id = await placeOrder({ customer, operator })
  await operator.post(`/api/orders/${id}/price`, { material: 'silver-925' })
  const faster = await logIn(system.crmUrl, 'u-manager-2')
  await faster.waitForStatus(id, 'PRICE_CALCULATED')
  await crm.goto(`${system.crmUrl}/orders/${id}`)
  await expect(crm.getByRole('button', approve)).toBeVisible()
  expect((await faster.post(`/api/orders/${id}/approve`)).status).toBe(200)

  await crm.getByRole('button', approve).click()
  await expect(crm.getByRole('alert').filter({ hasText: 'другой менеджер' })).toContainText('«Подтверждён»')
  await expect(crm.getByTestId('status')).toHaveText('Шаг 4 из 9: Подтверждён')
  await expect(crm.getByRole('button', approve)).toHaveCount(0)
  const spans = await findStep({ orderId: id, step: 'approve', isWhole: (found) => found.some(isServer) })
  expectFailure(spans, { step: 'approve', code: 'status_not_allowed', id })
})

test('a model that is lost is told in words that say what to do, and leaves a failed span', async ({
  customer,
  operator,
  crm,
  system,
  findStep,
}) => {
  const id = await placeOrder({ customer, operator })
  await crm.goto(`${system.crmUrl}/orders/${id}`)
  const button = crm.getByRole('button', { name: 'Скачать модель' })
  const download = crm.waitForEvent('download')
  await button.click()
  await download
  await rm(join(system.modelFolder, id))
  await button.click()
  await expect(crm.getByRole('alert').filter({ hasText: 'Файла модели нет' })).toContainText('в поддержку')
  const isWhole = (found: TraceSpan[]) => found.some((span) => isServer(span) && span.failed)
  expectFailure(await findStep({ orderId: id, step: 'model', isWhole }), { step: 'model', code: 'model_lost', id })
})

test('whoever is not logged in logs in and comes back to the same page; logging out ends it', async ({
  customer,
  operator,
  page,
  system,
}) => {
  const id = await placeOrder({ customer, operator })
  await page.goto(`${system.crmUrl}/orders/${id}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Заказы «Оправы»')
  await page.getByRole('button', { name: 'Войти' }).click()
  await page.getByRole('button', { name: /Мария Орлова/ }).click()
  await expect(page).toHaveURL(`${system.crmUrl}/orders/${id}`)
  await expect(page.getByTestId('status')).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('Мария Орлова')
  await expect(page.getByRole('banner')).toContainText('менеджер')

  await page.getByRole('button', { name: 'Выйти' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Заказы «Оправы»')
  await expect(page).toHaveURL(`${system.crmUrl}/`)
  expect((await page.request.get(`${system.crmUrl}/session`)).status()).toBe(401)
})

test('a session that ends meanwhile is told on the next step, and nothing is changed', async ({
  customer,
  operator,
  crm,
  system,
  manager,
}) => {
  const id = await placeOrder({ customer, operator })
  await operator.post(`/api/orders/${id}/price`, { material: 'silver-925' })
  await manager.waitForStatus(id, 'PRICE_CALCULATED')
  await crm.goto(`${system.crmUrl}/orders/${id}`)
  await expect(crm.getByRole('button', approve)).toBeVisible()
  await crm.context().clearCookies()
  await crm.getByRole('button', approve).click()
  await expect(crm.getByRole('heading', { level: 1 })).toHaveText('Сеанс закончился')
  await expect(crm.getByRole('heading', { level: 1 })).toBeFocused()
  expect((await manager.get(`/api/orders/${id}`)).body).toMatchObject({ status: 'PRICE_CALCULATED' })
  const login = crm.waitForRequest((request) => new URL(request.url()).pathname === '/login')
  await crm.getByRole('button', { name: 'Войти' }).click()
  expect(new URL((await login).url()).searchParams.get('back')).toBe(`/orders/${id}`)
})

test('an operator is told whom to ask', async ({ page, system, logInAs }) => {
  await logInAs('u-operator-1')
  await page.goto(system.crmUrl)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Эти страницы для менеджеров')
  await expect(page.getByText('руководитель отдела продаж')).toContainText('Анна Лебедева')
})

test('an order, or an address, that is not there has a page of its own', async ({ crm, system }) => {
  await crm.goto(`${system.crmUrl}/orders/o-2222222222`)
  await expect(crm.getByRole('heading', { level: 1 })).toHaveText('Такого заказа нет')
  await crm.getByRole('link', { name: 'К заказам' }).click()
  await expect(crm.getByRole('heading', { level: 1 })).toHaveText('Заказы')
  await crm.goto(`${system.crmUrl}/nowhere`)
  await expect(crm.getByRole('heading', { level: 1 })).toHaveText('Такой страницы нет')
})
