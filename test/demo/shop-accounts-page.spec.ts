import type { Page } from '@playwright/test'
import { prepareOrder, stepPatience, submitOrder } from '../../demo/walk/customer'
import { createCredentials, sendCredentials } from './support/account'
import { createCustomer } from './support/customer'
import type { OtlpCollector, ReceivedSpan } from './support/otlp-collector'
import { expect, test } from './support/system'

// In one worker: a second system costs more time than it saves.
test.describe.configure({ mode: 'default' })

const quiet = () => undefined
const heading = (page: Page) => page.getByRole('heading', { level: 2 })

async function enter(page: Page, { login, password }: { login: string; password: string }, button: string) {
  await page.getByLabel('Логин', { exact: true }).filter({ visible: true }).fill(login)
  await page.getByLabel('Пароль', { exact: true }).filter({ visible: true }).fill(password)
  await page.getByRole('button', { name: button }).click()
  await expect(page.getByTestId('login')).toHaveText(login, { timeout: stepPatience })
}

/** Who is in the spans of each trace, or of each session: never two. */
function usersBy(spans: ReceivedSpan[], key: (span: ReceivedSpan) => unknown): Map<unknown, Set<unknown>> {
  const users = new Map<unknown, Set<unknown>>()
  for (const span of spans) {
    const of = users.get(key(span)) ?? new Set()
    if (span.attributes.user_id !== undefined) of.add(span.attributes.user_id)
    users.set(key(span), of)
  }
  return users
}

/** Of these users alone: what other tests sent in made-up sessions is in the same store. */
function expectNoMix({ spans }: OtlpCollector, ours: string[]): void {
  const bySession = usersBy(spans, ({ attributes }) => attributes['session.id'] ?? 'none')
  bySession.delete('none')
  const byTrace = usersBy(spans, ({ traceId }) => traceId)
  for (const user of ours) {
    for (const groups of [bySession, byTrace]) {
      const withHim = [...groups.values()].filter((users) => users.has(user)).map((users) => [...users])
      expect(withHim.length, user).toBeGreaterThan(0)
      expect(withHim, user).toEqual(withHim.map(() => [user]))
    }
  }
}

/** The browser's own span of a request by this customer. */
const ofBrowser = (path: string, userId: string) => (span: ReceivedSpan) =>
  span.service === 'internet-shop' &&
  String(span.attributes['url.full']).endsWith(path) &&
  span.attributes.user_id === userId

test('a customer makes an account, logs out and in again, and no span mixes him with who was there between', async ({
  page,
  system,
  collector,
}) => {
  const credentials = createCredentials()
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.headers().baggage ?? ''}`))
  const customer = async () => (await (await page.request.get(`${system.shopUrl}/api/session`)).json()).userId as string

  await prepareOrder(page, system.shopUrl, quiet)
  const orderId = await submitOrder(page, quiet)
  const owner = await customer()
  await page.getByRole('link', { name: 'Кабинет' }).click()
  await enter(page, credentials, 'Создать')
  expect(await customer()).toBe(owner)

  await page.getByRole('button', { name: 'Выйти' }).click()
  await expect(heading(page)).toHaveText('Вход', { timeout: stepPatience })
  const visitor = await customer()
  expect(visitor).not.toBe(owner)
  await page.getByRole('link', { name: 'Мои заказы' }).click()
  await expect(page.locator('#empty')).toBeVisible()
  await page.getByRole('link', { name: 'Кабинет' }).click()
  await page.getByRole('button', { name: 'Войти' }).click()
  await enter(page, credentials, 'Войти')
  expect(await customer()).toBe(owner)
  // Still on the page of the login: what it asks from now on is the customer's.
  await page.getByRole('main').getByRole('link', { name: 'Мои заказы' }).click()
  await expect(page.getByTestId('order')).toContainText(orderId)

  await page.goto('about:blank')
  for (const [path, userId] of [
    ['/api/orders', owner],
    ['/api/account', owner],
    ['/api/login', visitor],
    ['/api/orders', visitor],
  ] as const)
    await collector.waitForSpan(ofBrowser(path, userId))
  expectNoMix(collector, [owner, visitor])
  expect(sent.some((request) => request.includes(`user_id=${owner}`))).toBe(true)
  const left = JSON.stringify([sent, collector.spans]).toLowerCase()
  for (const secret of [credentials.login, credentials.password, 'mail.example', 'secret-'])
    expect(left.includes(secret.toLowerCase()), secret).toBe(false)
})

test('a login in one tab is known in the others: an order from there is that of the customer', async ({
  context,
  system,
  collector,
}) => {
  const credentials = createCredentials()
  const account = await createCustomer(system.shopUrl)
  expect((await sendCredentials(account, '/api/account', credentials)).status).toBe(201)

  const form = await context.newPage()
  await prepareOrder(form, system.shopUrl, quiet)
  const orders = await context.newPage()
  await orders.goto(`${system.shopUrl}/orders`)
  await expect(orders.locator('#empty')).toBeVisible()
  const reloaded = orders.waitForEvent('load')
  // After the page's own listener, which was there before.
  await form.evaluate(() => {
    const heard = new Promise((resolve) => new BroadcastChannel('shop-customer').addEventListener('message', resolve))
    Object.assign(window, { heard: heard.then(() => true) })
  })

  const page = await context.newPage()
  await page.goto(`${system.shopUrl}/account`)
  await page.getByRole('button', { name: 'Войти' }).click()
  await enter(page, credentials, 'Войти')
  expect(await form.evaluate(() => (window as unknown as { heard: Promise<boolean> }).heard)).toBe(true)
  await reloaded

  const orderId = await submitOrder(form, quiet)
  const order = await collector.waitForSpan(
    ({ name, attributes }) => name === 'order.submit' && attributes.order_id === orderId,
  )
  expect(order.attributes.user_id).toBe(account.userId)
  const isWhole = (spans: ReceivedSpan[]) => spans.some(({ service, kind }) => service === 'shop-api' && kind === 2)
  for (const span of await collector.waitForTrace(order.traceId, isWhole))
    expect(span.attributes.user_id, span.name).toBe(account.userId)
  expectNoMix(collector, [account.userId])
})
