import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from '../../demo/identity-provider/employees'
import { createEmployee } from './support/employee'
import { LoginClient, logInAt } from './support/log-in'
import { expect, test } from './support/system'

const right = { login: 'operator1', password: 'oprava' }

test('a login ends where it began, with a cookie that no script reads and no token in the browser', async ({
  system: { mesUrl },
}) => {
  const client = new LoginClient()
  const page = await client.follow(`${mesUrl}/login?back=${encodeURIComponent('/orders/o-1?tab=history')}`)
  const login = await client.send(page.url, { method: 'POST', body: new URLSearchParams(right) })
  const callback = new URL((await client.send(login.headers.get('location') ?? '')).headers.get('location') ?? '')
  expect(callback.pathname).toBe('/login/callback')
  const end = await client.send(callback.href)
  expect([end.status, end.headers.get('location')]).toEqual([302, '/orders/o-1?tab=history'])
  const session = end.headers.getSetCookie().find((line) => line.startsWith('mes-session='))
  expect(session).toMatch(/^mes-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/)
  const shown = await client.send(`${mesUrl}/session`)
  expect(await shown.json()).toEqual({ userId: 'u-operator-1', name: 'Анна Лебедева', roles: ['operator'] })
  expect(shown.headers.get('cache-control')).toBe('no-store')

  // What came back from the provider is good once, and in this browser.
  expect((await client.send(callback.href)).status).toBe(400)
  expect((await fetch(callback, { redirect: 'manual' })).status).toBe(400)
})

test('only accounts that are active, with the right password, get in', async ({ system: { mesUrl } }) => {
  const client = new LoginClient()
  const { url } = await client.follow(`${mesUrl}/login`)
  for (const [login, password, status, text] of [
    ['operator1', 'wrong', 401, 'пароль другой'],
    ['nobody', 'oprava', 401, 'Такого логина нет'],
    ['former', 'oprava', 401, 'отключена'],
    ['former', 'wrong', 401, 'пароль другой'],
    ['intern', 'oprava', 401, 'истёк'],
    ['<script>', '"', 401, '&#60;script&#62;'],
  ] as const) {
    const { response } = await client.fill(url, { login, password })
    expect([response.status, await response.text()], login).toEqual([status, expect.stringContaining(text)])
  }
  expect((await client.fill(url, right)).url).toBe(`${mesUrl}/`)
})

test('whoever tries passwords has to wait, and others need not', async ({ system: { mesUrl } }) => {
  const client = new LoginClient()
  const { url } = await client.follow(`${mesUrl}/login`)
  for (let attempt = 0; attempt < 5; attempt++) {
    expect((await client.fill(url, { login: 'courier', password: `${attempt}` })).response.status).toBe(401)
  }
  const { response } = await client.fill(url, { login: 'courier', password: 'oprava' })
  expect([response.status, await response.text()]).toEqual([429, expect.stringContaining('Слишком много попыток')])
  expect((await client.fill(url, right)).url).toBe(`${mesUrl}/`)
})

test('an account without a role logs in and may do nothing', async ({ system: { mesUrl } }) => {
  const cookie = await logInAt(mesUrl, 'u-support-1')
  const { status, body } = await createEmployee({ uiUrl: mesUrl, userId: '', cookie }).get('/api/orders')
  expect([status, body]).toMatchObject([403, { error: { code: 'role_required' } }])
})

test('one login opens both UIs, and the logout ends it at the provider', async ({ system: { crmUrl, mesUrl } }) => {
  const client = new LoginClient()
  await logInAt(mesUrl, 'u-foreman', client)
  expect((await client.follow(`${crmUrl}/login`)).url).toBe(`${crmUrl}/`)

  const left = await client.send(`${mesUrl}/logout`, { method: 'POST' })
  const { location } = (await left.json()) as { location: string }
  expect((await client.send(`${mesUrl}/session`)).status).toBe(401)
  const form = await (await client.send(location)).text()
  const action = /action="([^"]+)"/.exec(form)?.[1] ?? ''
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? ''
  const done = await client.follow(action, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) })
  expect(done.url).toBe(`${mesUrl}/`)
  expect((await client.follow(`${mesUrl}/login`)).url).toContain('/interaction/')
})

test('each login has a session of its own, and a planted cookie is none', async ({ system: { mesUrl } }) => {
  const client = new LoginClient()
  const first = await logInAt(mesUrl, 'u-operator-1', client)
  const second = await logInAt(mesUrl, 'u-operator-1', client)
  expect(second).not.toBe(first)
  const planted = await fetch(`${mesUrl}/session`, { headers: { cookie: `mes-session=${'A'.repeat(43)}` } })
  expect(planted.status).toBe(401)
})

test('a login leads nowhere but to its own UI', async ({ system: { mesUrl } }) => {
  for (const back of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/..//evil.example',
    '/%2e//evil.example',
    '/./\\evil.example',
    'javascript:alert(1)',
    'orders',
  ]) {
    const client = new LoginClient()
    const { url } = await client.follow(`${mesUrl}/login?back=${encodeURIComponent(back)}`)
    expect((await client.fill(url, right)).url, back).toBe(`${mesUrl}/`)
  }
})

test('a page of another origin changes nothing, even on the same host', async ({ system: { mesUrl, shopUrl } }) => {
  const cookie = await logInAt(mesUrl, 'u-operator-1')
  const send = (path: string, headers: Record<string, string>) =>
    fetch(mesUrl + path, { method: 'POST', headers: { cookie, ...headers } })
  const foreign = [{ origin: shopUrl }, { origin: 'null' }, { 'sec-fetch-site': 'same-site' }] as Record<
    string,
    string
  >[]
  for (const headers of foreign) {
    for (const path of ['/logout', '/api/orders/o-1/take']) {
      const response = await send(path, headers)
      expect([response.status, await response.json()]).toMatchObject([403, { error: { code: 'foreign_origin' } }])
    }
  }
  expect((await send('/api/orders/o-1/take', { origin: mesUrl, 'sec-fetch-site': 'same-origin' })).status).toBe(404)
  expect((await send('/logout', { origin: mesUrl })).status).toBe(200)
})

test('neither cookies nor a token of the browser reach the API', async ({ system: { mesUrl }, collector }) => {
  const cookie = await logInAt(mesUrl, 'u-operator-1')
  const employee = createEmployee({ uiUrl: mesUrl, userId: '', cookie })
  const { status, traceId } = await employee.get('/api/orders')
  expect(status).toBe(200)
  expect((await fetch(`${mesUrl}/api/orders`, { headers: { authorization: 'Bearer x' } })).status).toBe(401)
  expect((await fetch(`${mesUrl}/api/orders`, { headers: { cookie, authorization: 'Bearer x' } })).status).toBe(200)
  const [span] = await collector.waitForTrace(traceId, (spans) => spans.some(({ name }) => name === 'GET /api/orders'))
  expect(span?.attributes.user_id).toBe('u-operator-1')
})

test('a login outlives its access token', async ({ system: { mesUrl } }) => {
  const cookie = await logInAt(mesUrl, 'u-operator-1')
  const begun = Date.now()
  // A token of the tests holds six seconds; whoever asks all the time sees nothing of its end.
  while (Date.now() - begun < 8000) {
    const answers = [0, 1, 2].map(() => fetch(`${mesUrl}/api/orders`, { headers: { cookie } }))
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200])
  }
})

test('an account that is disabled in the middle is out as soon as its token ends', async ({ system }) => {
  const cookie = await logInAt(system.mesUrl, 'u-operator-2')
  const ask = async () => (await fetch(`${system.mesUrl}/api/orders`, { headers: { cookie } })).status
  expect(await ask()).toBe(200)
  const file = join(system.dataDir, 'employees.json')
  const before = await readFile(file, 'utf8')
  const accounts = JSON.parse(before) as Account[]
  const changed = accounts.map((account) => ({
    ...account,
    disabled: account.login === 'operator2' || account.disabled,
  }))
  await writeFile(file, JSON.stringify(changed))
  try {
    await expect.poll(ask, { timeout: 20_000 }).toBe(401)
  } finally {
    await writeFile(file, before)
  }
  // The account is back, the session is not.
  expect(await ask()).toBe(401)
})
