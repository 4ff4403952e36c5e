import { expect, type Page, test } from '@playwright/test'
import { BASE_MS, type SpanSpec } from './support/otlp-spans'
import { type StoreClient, startStore } from './support/store-client'

let store: StoreClient
// The page asks for the last day, so these spans are of now.
const now = Date.now() - BASE_MS

test.beforeEach(async () => {
  store = await startStore()
})
test.afterEach(() => store.stop())

const span = (spec: SpanSpec): SpanSpec => ({ start: now, ...spec })

async function open(page: Page, path = '/'): Promise<string[]> {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(store.url + path)
  return complaints
}

test('says that it is the embedded store, and that there are no traces yet', async ({ page }) => {
  await open(page)
  await expect(page).toHaveTitle('Встроенное хранилище трасс')
  await expect(page.getByText('Это не Jaeger')).toBeVisible()
  await expect(page.getByRole('status')).toHaveText('Трасс пока нет. Оформите заказ в магазине.')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page).toHaveTitle('Embedded trace store')
})

test('lists traces, finds them by id, and shows one as a waterfall', async ({ page }) => {
  await store.keep(
    span({ trace: 'a', id: '1', name: 'order.submit', attributes: { order_id: 'o-1', user_id: 'u-1' } }),
    span({ trace: 'a', id: '2', parent: '1', service: 'shop-api', name: 'POST', status: 2 }),
    span({ trace: 'b', id: '3', name: 'page', attributes: { user_id: 'u-2' } }),
  )
  const complaints = await open(page)
  const list = page.getByRole('listitem')
  await expect(list).toHaveCount(2)
  await page.getByRole('searchbox').fill('o-1')
  await page.getByRole('button', { name: 'Найти' }).click()
  await expect(list).toHaveCount(1)
  await expect(list.locator('.ids')).toHaveText(['order_id o-1', 'user_id u-1'])
  await expect(page.locator('.span')).toHaveText([/internet-shop order\.submit/, /shop-api POST/])
  await expect(page.locator('.span').nth(1)).toHaveClass(/failed/)
  await list.getByRole('button').click()
  await page.locator('.span').first().locator('summary').click()
  await expect(page.locator('.span').first().getByText('o-1', { exact: true })).toBeVisible()
  expect(new URL(page.url()).search).toBe('?order_id=o-1&trace=0000000000000000000000000000000a')
  expect(complaints).toEqual([])
})

test('leads from a step of an order to the one before and the one after', async ({ page }) => {
  const attributes = { order_id: 'o-1' }
  await store.keep(
    span({ trace: 'a', id: '1', name: 'order.submit', attributes }),
    span({ trace: 'b', id: '2', service: 'mes-ui', name: 'order.price', attributes }),
    span({ trace: 'b', id: '3', parent: '2', service: 'mes-api', name: 'POST', link: 'a', attributes }),
    span({ trace: 'c', id: '4', service: 'crm', name: 'order.approve', attributes }),
    span({ trace: 'c', id: '5', parent: '4', service: 'crm-api', name: 'POST', link: 'b', attributes }),
    span({ trace: 'd', id: '6', name: 'order.lost', link: 'e' }),
  )
  await open(page, '/?order_id=o-1&trace=0000000000000000000000000000000b')
  const steps = page.getByRole('navigation', { name: 'Шаги заказа' }).getByRole('link')
  await expect(steps).toHaveText(['← internet-shop order.submit', 'crm order.approve →'])
  await steps.last().click()
  await expect(page.locator('.span').first()).toContainText('order.approve')
  await expect(steps).toHaveText(['← mes-ui order.price'])
  await page.goto(`${store.url}/?trace=0000000000000000000000000000000d`)
  await expect(steps).toHaveText([/^← шаг раньше \(0{8}\)$/])
})

test('shows what is in a span as text, never as markup', async ({ page }) => {
  const evil = '<img src=x onerror="document.title=`taken`">'
  await store.keep(span({ id: '1', name: evil, service: evil, attributes: { order_id: evil, [evil]: evil } }))
  await open(page)
  await page.locator('.span summary').click()
  await expect(page.locator('dd').nth(1)).toHaveText(evil)
  expect(await page.locator('img').count()).toBe(0)
  await expect(page).toHaveTitle('Встроенное хранилище трасс')
})

test('draws what is no tree: a span that is its own parent, circles, a chain of 20,000', async ({ page }) => {
  await store.stop()
  store = await startStore({ maxSpans: 30_000 })
  const links = Array.from({ length: 20_000 }, (_, index) => index + 1)
  await store.keep(
    span({ trace: 'a', id: '1', name: 'order.submit' }),
    span({ trace: 'a', id: '2', parent: '1', name: 'POST' }),
    span({ trace: 'b', id: '3', parent: '3', name: 'its own parent' }),
    span({ trace: 'c', id: '4', parent: '6', name: 'round' }),
    span({ trace: 'c', id: '5', parent: '4', name: 'and round' }),
    span({ trace: 'c', id: '6', parent: '5', name: 'again' }),
  )
  for (const from of [0, 10_000]) {
    const half = links.slice(from, from + 10_000)
    await store.keep(
      ...half.map((n) => span({ trace: 'd', id: n.toString(16), parent: (n - 1).toString(16), name: 'link' })),
    )
  }
  const complaints = await open(page)
  await expect(page.getByRole('listitem')).toHaveCount(4, { timeout: 20_000 })
  const choose = (name: string) => page.getByRole('listitem').filter({ hasText: name }).getByRole('button').click()
  await expect(page.locator('.span')).toHaveText([/order\.submit/, /POST/])
  await choose('its own parent')
  await expect(page.locator('.span')).toHaveText([/its own parent/])
  await choose('round')
  await expect(page.locator('.span')).toHaveText([/internet-shop round/, /and round/, /again/])
  await choose('link')
  await expect(page.locator('.span')).toHaveCount(2000)
  await expect(page.getByText('не показано спанов: 18000')).toBeVisible()
  expect(complaints).toEqual([])
})

test('draws each of several spans that have one id', async ({ page }) => {
  await store.keep(span({ id: '1', name: 'order.submit' }), span({ id: '2', parent: '1', name: 'POST' }))
  await page.route('**/api/v3/traces?*', async (route) => {
    const answer = await (await route.fetch()).json()
    // The embedded store keeps one of each; a Jaeger keeps all that came.
    answer.result.resourceSpans.push(...answer.result.resourceSpans)
    await route.fulfill({ json: answer })
  })
  const complaints = await open(page)
  await expect(page.locator('.span')).toHaveText([/order\.submit/, /POST/, /POST/, /order\.submit/])
  expect(complaints).toEqual([])
})

test('says so when the search finds nothing, or the store is gone', async ({ page }) => {
  await open(page, '/?user_id=u-9')
  await expect(page.getByRole('status')).toHaveText('Ничего не найдено.')
  await expect(page.getByRole('combobox')).toHaveValue('user_id')
  await page.route('**/api/v3/traces*', (route) => route.abort())
  await page.getByRole('button', { name: 'Найти' }).click()
  await expect(page.getByRole('status')).toContainText('Хранилище не отвечает')
})

test('a slow answer to an earlier search does not replace a later one', async ({ page }) => {
  await store.keep(
    span({ trace: 'a', id: '1', name: 'order.submit', attributes: { order_id: 'o-1' } }),
    span({ trace: 'b', id: '2', name: 'page' }),
  )
  const isRecent = (url: string) => url.includes('/api/v3/traces?') && !url.includes('query.attributes')
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(
    (url) => isRecent(url.href),
    async (route) => {
      await released
      await route.continue()
    },
  )
  const asked = page.waitForRequest((request) => isRecent(request.url()))
  await page.goto(store.url, { waitUntil: 'commit' })
  await asked
  const ended = page.waitForEvent('requestfailed', (request) => isRecent(request.url()))
  await page.getByRole('searchbox').fill('o-1')
  await page.getByRole('button', { name: 'Найти' }).click()
  await expect(page.getByRole('listitem')).toHaveCount(1)
  release()
  expect((await ended).failure()?.errorText).toBe('net::ERR_ABORTED')
  await expect(page.getByRole('listitem')).toHaveCount(1)
})
