import { logInAtTerminal, orderAt, stepOf } from './support/mes-terminal'
import { expectStepTrace } from './support/mes-trace'
import { placeOrder } from './support/placed-order'
import { expect, test } from './support/system'

test('an operator prices, takes, makes and packs an order by clicking, each step one trace that is linked to the one before', async ({
  page,
  system,
  customer,
  manager,
  operator,
  collector,
}) => {
  const thrown: string[] = []
  page.on('pageerror', (error) => thrown.push(error.message))
  const id = await placeOrder({ customer, operator })
  await logInAtTerminal(page, { mesUrl: system.mesUrl, userId: operator.userId })
  const card = orderAt(page, id)
  await expect(page.locator('[data-lane=to-price]').locator(card)).toBeVisible()

  await stepOf(page, id, 'price').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /Серебро 925/ }).check()
  await dialog.getByRole('button', { name: /Назначить 13.830.₽/ }).click()
  await expect(page.getByRole('status').getByText(new RegExp(`Заказ ${id}: цена 13.830.₽`))).toBeVisible()

  await manager.waitForStatus(id, 'PRICE_CALCULATED')
  expect((await manager.post(`/api/orders/${id}/approve`)).status).toBe(200)
  // The board hears of it by itself.
  await stepOf(page, id, 'take').click()
  await expect(page.locator('[data-lane=mine]').locator(card)).toBeVisible()
  await stepOf(page, id, 'release').click()
  await expect(page.getByText(`Заказ ${id} снова в очереди.`)).toBeVisible()
  await stepOf(page, id, 'take').click()
  await stepOf(page, id, 'start').click()

  await card.getByRole('link').click()
  await expect(page).toHaveURL(`${system.mesUrl}/orders/${id}`)
  await expect(page.getByTestId('status')).toHaveText('Шаг 5 из 9: В работе')
  await stepOf(page, id, 'complete').click()
  await expect(page.getByTestId('status')).toHaveText('Шаг 6 из 9: Изготовлен')
  await stepOf(page, id, 'package').click()
  await expect(page.getByTestId('status')).toHaveText('Шаг 7 из 9: Упакован')
  await expect(page.getByTestId('history').locator('.history-what')).toHaveText([
    'Заказ поступил',
    'Цена рассчитана',
    'Подтверждён',
    'Взят',
    'Возвращён в очередь',
    'Взят',
    'Работа начата',
    'Изготовлен',
    'Упакован',
  ])

  const told = ['price', 'start', 'complete', 'package']
  const names = ['price', 'release', 'start', 'complete', 'package']
  const servers = new Map<string, Awaited<ReturnType<typeof expectStepTrace>>>()
  for (const name of names) {
    const step = { name, orderId: id, userId: operator.userId, isTold: told.includes(name) }
    servers.set(name, await expectStepTrace(collector, step))
  }
  // Each is linked to the step before, whoever did it.
  const follows = async (name: string, before: string) => {
    const [link] = servers.get(name)?.links ?? []
    const linked = await collector.waitForSpan(
      ({ traceId, spanId }) => traceId === link?.traceId && spanId === link?.spanId,
    )
    expect(linked.name, name).toBe(`POST /api/orders${before}`)
  }
  await follows('price', '')
  await follows('release', '/:id/take')
  await follows('start', '/:id/take')
  await follows('complete', '/:id/start')
  await follows('package', '/:id/complete')

  // Names, logins and the customer's file name are on the screen, and in no span.
  const said = JSON.stringify(collector.spans)
  for (const personal of ['Анна', 'Лебедева', 'operator1', 'oprava', 'Кольцо']) expect(said).not.toContain(personal)
  expect(thrown).toEqual([])
})
