import type { BrowserContext } from '@playwright/test'
import { expect } from '@playwright/test'
import { dayAddress, makeDay, startOrderStore } from '../support/order-store'
import { traceIdOf } from '../support/traces'
import { hearComplaints } from './support/analyst'
import { type Gate, gateTest, logIn } from './support/gate'
import { sendAsIs } from './support/raw-request'

/** The gate before a store with a day of orders. */
const test = gateTest.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  queryUrl: async ({}, use) => {
    const store = await startOrderStore(makeDay())
    await use(store.url)
    await store.stop()
  },
})
test.use({ locale: 'en-GB' })

const files = ['', 'page.js', 'page.css', 'worker.js']

const readAudit = async (gate: Gate) =>
  (await gate.audit())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

async function enter(context: BrowserContext, gate: Gate, cookie: string): Promise<void> {
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: gate.url }])
}

test('support opens the page, which reads through the gate, and the audit says what', async ({
  gate,
  provider,
  page,
  context,
}) => {
  await enter(context, gate, await logIn(gate, provider))
  const complaints = hearComplaints(page)
  await page.goto(`${gate.url}/analyst/${dayAddress}`)
  await expect(page.getByText('95 orders: all of this time.')).toBeVisible()
  await page.getByRole('button', { name: /^Example ?: slow: database shop-db/ }).click()
  const trace = page.getByRole('table', { name: /^The trace/ })
  await expect(trace.getByRole('rowheader', { name: /pg\.query:INSERT shop/ })).toBeVisible()
  const id = new URL(page.url()).searchParams.get('trace') ?? ''
  await expect(page.getByRole('link', { name: /in Jaeger/ })).toHaveAttribute('href', `${gate.url}/?trace=${id}`)
  await expect(page.getByRole('link', { name: 'Log out' })).toHaveAttribute('href', '../leave')
  expect(complaints).toEqual([])
  const lines = await readAudit(gate)
  expect(lines).toContainEqual(
    expect.objectContaining({ who: 'u-1', what: 'search', query: expect.stringContaining('order.submit') }),
  )
  const found = lines.filter(({ what }) => what === 'found').flatMap(({ traces }) => traces as string[])
  expect(found).toContain(traceIdOf(95))
  expect(lines).toContainEqual(expect.objectContaining({ who: 'u-1', what: 'trace', trace: id }))
})

test('its files come with a policy of their own, are only read, and no others are there', async ({
  gate,
  provider,
}) => {
  const headers = { cookie: await logIn(gate, provider) }
  const policy =
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  for (const file of files) {
    const answer = await fetch(`${gate.url}/analyst/${file}`, { headers })
    expect([file, answer.status, answer.headers.get('content-security-policy')]).toEqual([file, 200, policy])
    const head = await fetch(`${gate.url}/analyst/${file}`, { headers, method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    const post = await fetch(`${gate.url}/analyst/${file}`, { headers, method: 'POST' })
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  }
  for (const path of ['/analyst/page.js.map', '/analyst/constructor', '/analyst/api/v3/services', '/analyst/..%2f']) {
    const { status } = await sendAsIs(gate.url, path, headers)
    expect([400, 404], path).toContain(status)
  }
  const short = await fetch(`${gate.url}/analyst?order=o-1`, { headers, redirect: 'manual' })
  expect([short.status, short.headers.get('location')]).toEqual([302, '/analyst/?order=o-1'])
})

test('an account without the role sees neither the page nor what it reads', async ({ gate, provider }) => {
  provider.says.roles = ['manager']
  const headers = { cookie: await logIn(gate, provider) }
  for (const file of files) {
    const answer = await fetch(`${gate.url}/analyst/${file}`, { headers })
    const text = await answer.text()
    expect([file, answer.status, text.includes('руководителя поддержки')]).toEqual([file, 403, true])
  }
  const api = await fetch(`${gate.url}/api/v3/services`, { headers })
  expect([api.status, await api.json()]).toMatchObject([403, { error: { code: 'role_required' } }])
  expect(await readAudit(gate)).toContainEqual(
    expect.objectContaining({ who: 'u-1', what: 'refused', path: '/analyst/' }),
  )
})

test('whoever is not logged in is led to the login, and from there back to the same view', async ({
  gate,
  provider,
}) => {
  const answer = await fetch(`${gate.url}/analyst/?order=o-1`, { redirect: 'manual' })
  const login = '/login?back=%2Fanalyst%2F%3Forder%3Do-1'
  expect([answer.status, answer.headers.get('location')]).toEqual([302, login])
  expect((await fetch(`${gate.url}/api/v3/services`)).status).toBe(401)
  const { asked, cookie } = await gate.begin('/analyst/?order=o-1')
  const state = asked.searchParams.get('state') ?? ''
  const end = await gate.comeBack({ code: provider.authorize(asked), state }, cookie)
  expect([end.status, end.headers.get('location')]).toEqual([302, '/analyst/?order=o-1'])
})

test('a session that ends while the page is open is told, and the way back is the login', async ({
  gate,
  provider,
  page,
  context,
}) => {
  const cookie = await logIn(gate, provider)
  await enter(context, gate, cookie)
  await page.goto(`${gate.url}/analyst/${dayAddress}`)
  await expect(page.getByText('95 orders: all of this time.')).toBeVisible()
  await fetch(`${gate.url}/logout`, { method: 'POST', headers: { cookie } })
  await page.getByRole('combobox', { name: 'Time' }).selectOption('7d')
  await expect(page.getByRole('alert')).toContainText('Your session has ended')
  const asked = page.waitForRequest((request) => request.url().startsWith(`${provider.issuer}/auth`))
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
  await asked
})

test('the pages of the gate lead there', async ({ gate, provider, page, context }) => {
  await enter(context, gate, await logIn(gate, provider))
  for (const path of ['/', '/leave']) {
    await page.goto(gate.url + path)
    await page.getByRole('link', { name: /Медленные заказы|медленным заказам/ }).click()
    await expect(page).toHaveURL(`${gate.url}/analyst/`)
    await expect(page.getByRole('heading', { name: 'Slow orders' })).toBeVisible()
  }
})
