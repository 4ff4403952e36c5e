import type { Page } from '@playwright/test'
import { expect, test } from './support/crm'
import { createCustomer } from './support/customer'
import { placeOrder } from './support/placed-order'

const links = (page: Page) =>
  page
    .getByTestId('order')
    .getByRole('link')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')))

test('a manager finds orders by number, its beginning, customer and status; the address says what was looked for', async ({
  customer,
  operator,
  manager,
  crm,
  system,
}) => {
  const stranger = await createCustomer(system.shopUrl)
  const first = await placeOrder({ customer, operator })
  const second = await placeOrder({ customer: stranger, operator })
  expect((await manager.post(`/api/orders/${second}/approve`)).status).toBe(200)

  await crm.goto(system.crmUrl)
  await expect(crm.getByRole('heading', { level: 1 })).toHaveText('Заказы')
  await expect(crm.getByTestId('order').filter({ hasText: first })).toContainText('Кольцо «Рассвет»')
  const all = await links(crm)
  expect(all.indexOf(`/orders/${second}`)).toBeLessThan(all.indexOf(`/orders/${first}`))

  const search = crm.getByRole('searchbox')
  for (const text of [first, first.slice(0, 9), customer.userId]) {
    await search.fill(`  ${text} `)
    await search.press('Enter')
    await expect(crm).toHaveURL(`${system.crmUrl}/?search=${text}`)
    await expect.poll(() => links(crm)).toEqual([`/orders/${first}`])
  }
  await search.fill(second)
  await crm.getByRole('button', { name: 'Найти' }).click()
  await crm.getByLabel('Статус').selectOption('MANUFACTURING_APPROVED')
  await expect(crm).toHaveURL(`${system.crmUrl}/?status=MANUFACTURING_APPROVED&search=${second}`)
  await expect.poll(() => links(crm)).toEqual([`/orders/${second}`])
  await crm.getByLabel('Статус').selectOption('CLOSED')
  await expect(crm.getByRole('heading', { name: 'Ничего не нашлось' })).toBeVisible()

  // Whoever gets the address sees the same, and back leads back.
  await crm.goBack()
  await expect.poll(() => links(crm)).toEqual([`/orders/${second}`])
  await crm.reload()
  await expect(search).toHaveValue(second)
  await expect(crm.getByLabel('Статус')).toHaveValue('MANUFACTURING_APPROVED')
  await crm.getByRole('link', { name: 'Сбросить' }).click()
  await expect(crm).toHaveURL(`${system.crmUrl}/`)
  await expect(search).toHaveValue('')
})

test('what waits for a manager is counted, and one click away', async ({ customer, operator, crm, system }) => {
  const id = await placeOrder({ customer, operator })
  await crm.goto(system.crmUrl)
  const toApprove = crm.getByRole('navigation', { name: 'Ждут вас' }).getByRole('link', { name: 'Подтвердить' })
  await expect(toApprove.locator('.count')).toHaveText(/^\d+$/)
  const before = Number(await toApprove.locator('.count').textContent())
  expect((await operator.post(`/api/orders/${id}/price`, { material: 'silver-925' })).status).toBe(200)
  await expect(async () => {
    await crm.getByRole('button', { name: 'Обновить' }).click()
    await expect(toApprove.locator('.count')).toHaveText(String(before + 1), { timeout: 500 })
  }).toPass()
  await toApprove.click()
  await expect(crm).toHaveURL(`${system.crmUrl}/?status=PRICE_CALCULATED`)
  await expect(toApprove).toHaveAttribute('aria-current', 'true')
  const row = crm.getByTestId('order').filter({ hasText: id })
  await expect(row).toContainText(/13.830.₽/)
  await row.getByRole('link').click()
  await expect(crm).toHaveURL(`${system.crmUrl}/orders/${id}`)
  await expect(crm.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(crm.getByRole('button', { name: 'Подтвердить заказ' })).toBeVisible()
})

test('a long list goes on on the next pages, which have addresses', async ({
  customer,
  operator,
  crm,
  system,
  database,
}) => {
  const id = await placeOrder({ customer, operator })
  // Far in the past, so that other tests do not see them first.
  await database.query(
    `INSERT INTO orders (id, customer_id, product_id, quantity, status, model_key, model_name, model_size, model_type, created_at)
     SELECT id || 'x' || n, customer_id, product_id, quantity, status, 'k' || id || n, model_name, model_size, model_type, '2020-01-01'
     FROM orders, generate_series(1, 60) AS n WHERE id = $1`,
    [id],
  )
  await crm.goto(`${system.crmUrl}/?search=${id}`)
  await expect(crm.getByTestId('order')).toHaveCount(50)
  const first = await links(crm)
  await crm.getByRole('link', { name: 'Более старые' }).click()
  await expect(crm.getByTestId('order')).toHaveCount(11)
  await expect(crm).toHaveURL(/&after=o-/)
  expect(new Set([...first, ...(await links(crm))]).size).toBe(61)
  await crm.reload()
  await expect(crm.getByTestId('order')).toHaveCount(11)
  await expect(crm.getByRole('link', { name: 'Более старые' })).toHaveCount(0)
  await crm.getByRole('link', { name: 'К самым новым' }).click()
  await expect(crm.getByTestId('order')).toHaveCount(50)
  expect(await links(crm)).toEqual(first)
})

test('a change of route is traced by its template', async ({ customer, operator, crm, system }) => {
  const id = await placeOrder({ customer, operator })
  await crm.goto(`${system.crmUrl}/?search=${id}`)
  await crm.getByTestId('order').getByRole('link').click()
  await expect(crm.getByTestId('status')).toBeVisible()
  const search = new URLSearchParams({
    'query.serviceName': 'crm',
    'query.operationName': 'route /orders/:id',
    'query.startTimeMin': new Date(Date.now() - 3_600_000).toISOString(),
    'query.startTimeMax': new Date(Date.now() + 3_600_000).toISOString(),
  })
  await expect
    .poll(async () => (await fetch(`${system.queryUrl}/api/v3/traces?${search}`)).status, { timeout: 30_000 })
    .toBe(200)
})
