import type { Browser, Page } from '@playwright/test'
import pg from 'pg'
import type { RunningSystem } from '../../demo/launcher/running-system'
import { fillLogin, logInAtTerminal, orderAt, stepOf } from './support/mes-terminal'
import { isServer, waitForOperation } from './support/mes-trace'
import { placeApprovedOrder } from './support/placed-order'
import { expect, test } from './support/system'

/** Holds the order in the MES DB, so that requests for it wait until it is let go. */
async function holdOrder({ mesDatabaseUrl }: RunningSystem, id: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: mesDatabaseUrl })
  await client.connect()
  await client.query('BEGIN')
  await client.query('SELECT 1 FROM orders WHERE id = $1 FOR UPDATE', [id])
  return async () => {
    await client.query('COMMIT')
    await client.end()
  }
}

async function openTerminal(browser: Browser, { mesUrl }: RunningSystem, userId: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await logInAtTerminal(page, { mesUrl, userId })
  return page
}

test('of two operators who take the same order at once, one has it and the other is told, sees the truth, and leaves a failed trace', async ({
  browser,
  system,
  customer,
  manager,
  operator,
  collector,
}) => {
  const id = await placeApprovedOrder({ customer, manager, operator })
  const pages = [
    await openTerminal(browser, system, 'u-operator-1'),
    await openTerminal(browser, system, 'u-operator-2'),
  ] as const
  const letGo = await holdOrder(system, id)
  for (const page of pages) {
    await stepOf(page, id, 'take').click()
    await expect(stepOf(page, id, 'take')).toHaveText('Берём…')
  }
  await letGo()
  const refused = (page: Page) => page.getByRole('alert').getByText('Его уже взял другой оператор')
  await expect(refused(pages[0]).or(pages[0].getByText('теперь у вас'))).toBeVisible()
  const [winner, loser] = (await refused(pages[0]).isVisible()) ? [pages[1], pages[0]] : [pages[0], pages[1]]
  await expect(winner.locator('[data-lane=mine]').locator(orderAt(winner, id))).toBeVisible()
  await expect(refused(loser)).toContainText(`Заказ ${id}. Его уже взял другой оператор. Выберите другой заказ.`)
  await expect(stepOf(loser, id, 'take')).toBeHidden()
  await loser.goto(`${system.mesUrl}/orders/${id}`)
  await expect(loser.getByTestId('holder')).toHaveText(/у оператора u-operator-\d/)

  const failed = await collector.waitForSpan(
    ({ name, attributes }) =>
      name === 'order.take' && attributes.order_id === id && attributes['order.outcome'] === 'failed',
  )
  expect(failed).toMatchObject({ service: 'mes-ui', status: { code: 2 }, attributes: { 'error.type': 'order_taken' } })
  const spans = await collector.waitForTrace(failed.traceId, (found) => found.some(isServer))
  expect(spans.find(isServer)).toMatchObject({ status: { code: 2 }, attributes: { 'error.type': 'order_taken' } })
  const users = new Set(spans.map(({ attributes }) => attributes.user_id))
  expect([...users]).toEqual([loser === pages[0] ? 'u-operator-1' : 'u-operator-2'])
  for (const page of pages) await page.context().close()
})

test('a terminal that changes hands while a request of the former operator runs never mixes the two in a trace', async ({
  browser,
  system,
  customer,
  manager,
  operator,
  collector,
}) => {
  const people = { customer, manager, operator }
  const [first, second] = [await placeApprovedOrder(people), await placeApprovedOrder(people)]
  const page = await openTerminal(browser, system, 'u-operator-1')
  const letGo = await holdOrder(system, first)
  await stepOf(page, first, 'take').click()
  await expect(stepOf(page, first, 'take')).toHaveText('Берём…')

  // Another tab of the same terminal: the browser has one session.
  const tab = await page.context().newPage()
  await tab.goto(system.mesUrl)
  await tab.getByRole('button', { name: 'Сменить оператора' }).click()
  await expect(page.getByRole('heading', { name: 'Сеанс закончился' })).toBeVisible()
  await fillLogin(tab, 'u-operator-2')
  await expect(page.getByTestId('person')).toHaveText('Пётр Кузнецов')
  await stepOf(page, second, 'take').click()
  await expect(page.locator('[data-lane=mine]').locator(orderAt(page, second))).toBeVisible()
  await letGo()

  const operations = [
    await waitForOperation(collector, { name: 'take', orderId: first }),
    await waitForOperation(collector, { name: 'take', orderId: second }),
  ]
  const traces = await Promise.all(
    operations.map(({ traceId }) =>
      collector.waitForTrace(traceId, (found) => found.some(isServer) && found.some(({ name }) => name === 'POST')),
    ),
  )
  const usersOf = (spans: (typeof traces)[number]) => [...new Set(spans.map(({ attributes }) => attributes.user_id))]
  expect(traces.map(usersOf)).toEqual([['u-operator-1'], ['u-operator-2']])
  const sessions = traces.map((spans) => new Set(spans.flatMap(({ attributes }) => attributes['session.id'] ?? [])))
  expect(sessions.map(({ size }) => size)).toEqual([1, 1])
  expect([...(sessions[0] ?? [])]).not.toEqual([...(sessions[1] ?? [])])
  // The new operator is told nothing of what the former one began, and sees what came of it.
  await expect(page.getByText(`Заказ ${first} теперь у вас.`)).toBeHidden()
  await page.goto(`${system.mesUrl}/orders/${first}`)
  await expect(page.getByTestId('holder')).toHaveText('у оператора u-operator-1')

  // Nor does any other trace of the terminal know two of them.
  const byTrace = new Map<string, Set<unknown>>()
  for (const { traceId, service, attributes } of collector.spans) {
    if (service !== 'mes-ui' || attributes.user_id === undefined) continue
    byTrace.set(traceId, (byTrace.get(traceId) ?? new Set()).add(attributes.user_id))
  }
  expect([...byTrace.values()].filter(({ size }) => size > 1)).toEqual([])
  expect(byTrace.size).toBeGreaterThan(2)
  await page.context().close()
})

test('a session that ends says so, and the login leads back to the same page', async ({
  page,
  system,
  customer,
  manager,
  operator,
}) => {
  const id = await placeApprovedOrder({ customer, manager, operator })
  await logInAtTerminal(page, { mesUrl: `${system.mesUrl}/orders/${id}`, userId: 'u-operator-1' })
  await expect(page.getByTestId('status')).toHaveText('Шаг 4 из 9: Подтверждён')
  // The session is gone without the page having a hand in it.
  await page.context().clearCookies({ name: 'mes-session' })
  await stepOf(page, id, 'take').click()
  await expect(page.getByRole('heading', { name: 'Сеанс закончился' })).toBeVisible()
  await page.getByRole('button', { name: 'Войти' }).click()
  await expect(page).toHaveURL(`${system.mesUrl}/orders/${id}`)
  await expect(stepOf(page, id, 'take')).toBeVisible()
})

test('whoever is no operator is told whom to ask, and one touch from another login', async ({ page, system }) => {
  await logInAtTerminal(page, { mesUrl: system.mesUrl, userId: 'u-manager-1' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Здесь работают операторы')
  await expect(page.getByText('попросите её у начальника смены')).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'Сменить оператора' }).click()
  await fillLogin(page, 'u-operator-2')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Заказы в производстве')
})
