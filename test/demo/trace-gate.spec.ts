import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import type { Account } from '../../demo/identity-provider/employees'
import { type RunningSystem, startSystem } from '../../demo/launcher/start-system'
import { describeRead } from '../../demo/trace-gate/describe-read'
import { createCustomer, createOrderForm } from './support/customer'
import { listListening } from './support/listening'
import { LoginClient, logInAt } from './support/log-in'
import { sendAsIs } from './support/raw-request'
import { jaegerEnv } from './support/real-jaeger'
import { createTraceContext } from './support/trace-context'

const test = base.extend<{ traceId: string }, { system: RunningSystem }>({
  system: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
    async ({}, use) => {
      const system = await startSystem({
        ports: 'any',
        dataDir: 'temporary',
        env: { TOKEN_SECONDS: '6', ...jaegerEnv },
        withFaults: true,
      })
      await use(system)
      await system.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  // The trace of an order that lies in the store.
  traceId: async ({ system }, use) => {
    const customer = await createCustomer(system.shopUrl)
    const { traceId, traceparent } = createTraceContext()
    await customer.send('/api/orders', { method: 'POST', body: createOrderForm(), headers: { traceparent } })
    await expect.poll(async () => (await fetch(`${system.queryUrl}/api/v3/traces/${traceId}`)).status).toBe(200)
    await use(traceId)
  },
})

const readAudit = async ({ dataDir }: RunningSystem) =>
  (await readFile(join(dataDir, 'trace-audit.jsonl'), 'utf8').catch(() => ''))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, string>)

/** Changes accounts until the test is over. */
async function changeAccounts(system: RunningSystem, change: (account: Account) => Account, run: () => Promise<void>) {
  const file = join(system.dataDir, 'employees.json')
  const before = await readFile(file, 'utf8')
  await writeFile(file, JSON.stringify((JSON.parse(before) as Account[]).map(change)))
  try {
    await run()
  } finally {
    await writeFile(file, before)
  }
}

test('support sees a trace, and the audit says who read which, and when', async ({ system, traceId }) => {
  const headers = { cookie: await logInAt(system.gateUrl, 'u-support-1') }
  const get = (path: string) => fetch(system.gateUrl + path, { headers })
  expect((await get('/')).status).toBe(200)
  const answer = await get(`/api/v3/traces/${traceId}`)
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(traceId)])
  const query = new URLSearchParams({ 'query.attributes': '{"order_id":"o-1"}' })
  await get(`/api/v3/traces?${query}`)
  await expect
    .poll(() => readAudit(system))
    .toContainEqual(
      expect.objectContaining({
        who: 'u-support-1',
        what: 'search',
        query: expect.stringContaining('"order_id":"o-1"'),
      }),
    )
  expect(await readAudit(system)).toContainEqual({
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.+Z$/),
    who: 'u-support-1',
    what: 'trace',
    trace: traceId,
  })
})

test('whoever is not logged in gets a login page, or 401 from the API', async ({ system, traceId }) => {
  for (const path of [`/api/v3/traces/${traceId}`, `/api/traces/${traceId}`, '/api/v3/services', '/api/anything']) {
    const answer = await fetch(system.gateUrl + path, { redirect: 'manual' })
    expect([answer.status, await answer.json()], path).toMatchObject([401, { error: { code: 'session_required' } }])
  }
  const client = new LoginClient()
  const { url } = await client.follow(`${system.gateUrl}/?trace=${traceId}`)
  const end = await client.fill(url, { login: 'support', password: 'oprava' })
  expect(end.response.status).toBe(200)
  // Before a Jaeger without a page it is that of the gate itself.
  expect(end.url.replace('/by-order/', '/')).toBe(`${system.gateUrl}/?trace=${traceId}`)
})

test('an account without the role is told whom to ask', async ({ system, traceId }) => {
  for (const userId of ['u-manager-1', 'u-operator-1', 'u-foreman', 'u-courier']) {
    const headers = { cookie: await logInAt(system.gateUrl, userId) }
    const page = await fetch(`${system.gateUrl}/?trace=${traceId}`, { headers })
    expect([page.status, await page.text()], userId).toEqual([403, expect.stringContaining('руководителя поддержки')])
    const api = await fetch(`${system.gateUrl}/api/v3/traces/${traceId}`, { headers })
    expect([api.status, await api.json()], userId).toMatchObject([403, { error: { code: 'role_required' } }])
    await expect.poll(() => readAudit(system)).toContainEqual(expect.objectContaining({ who: userId, what: 'refused' }))
  }
  const read = (await readAudit(system)).filter(({ what, trace }) => what === 'trace' && trace === traceId)
  expect(read).toEqual([])
})

for (const [what, change, status] of [
  ['the role is taken away', (account: Account) => ({ ...account, roles: [] }), 403],
  ['the account is disabled', (account: Account) => ({ ...account, disabled: true }), 401],
  ['the account expires', (account: Account) => ({ ...account, until: '2020-01-01' }), 401],
] as const) {
  test(`when ${what} in the middle, the gate closes as soon as the token ends`, async ({ system, traceId }) => {
    const headers = { cookie: await logInAt(system.gateUrl, 'u-support-1') }
    const ask = async () => (await fetch(`${system.gateUrl}/api/v3/traces/${traceId}`, { headers })).status
    expect(await ask()).toBe(200)
    await changeAccounts(system, change, () => expect.poll(ask, { timeout: 20_000 }).toBe(status))
  })
}

test('nothing is written through the gate, and no other way leads round it', async ({ system, traceId }) => {
  const cookie = await logInAt(system.gateUrl, 'u-support-1')
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    for (const path of ['/v1/traces', `/api/archive/${traceId}`, `/api/v3/traces/${traceId}`, '/']) {
      const answer = await fetch(system.gateUrl + path, { method, headers: { cookie } })
      expect([answer.status, answer.headers.get('allow')], `${method} ${path}`).toEqual([405, 'GET, HEAD'])
    }
  }
  expect((await fetch(`${system.gateUrl}/`, { method: 'HEAD', headers: { cookie } })).status).toBe(200)
  // As they are: `fetch` would tidy them.
  for (const path of [
    `//api/v3/traces/${traceId}`,
    `/./api/v3/traces/${traceId}`,
    `/health/../api/v3/traces/${traceId}`,
    `/gate.css/../api/v3/traces/${traceId}`,
    `/login/../api/v3/traces/${traceId}`,
    `/%61pi/v3/traces/${traceId}`,
    `http://127.0.0.1/api/v3/traces/${traceId}`,
    `/API/v3/traces/${traceId}`,
  ]) {
    const { status, body } = await sendAsIs(system.gateUrl, path)
    expect([302, 400, 401, 404], path).toContain(status)
    expect(body, path).not.toContain('resourceSpans')
  }
})

test('every answer comes with headers that keep others out of it', async ({ system, traceId }) => {
  const support = { cookie: await logInAt(system.gateUrl, 'u-support-1') }
  const manager = { cookie: await logInAt(system.gateUrl, 'u-manager-1') }
  for (const [path, headers, status] of [
    ['/', support, 200],
    ['/leave', support, 200],
    [`/api/v3/traces/${traceId}`, support, 200],
    ['/', manager, 403],
    [`/api/v3/traces/${traceId}`, manager, 403],
    [`/api/v3/traces/${traceId}`, {}, 401],
  ] as const) {
    const answer = await fetch(system.gateUrl + path, { headers, redirect: 'follow' })
    expect([path, answer.status, Object.fromEntries(answer.headers)]).toMatchObject([
      path,
      status,
      {
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cache-control': 'no-store',
      },
    ])
  }
})

test('support finds every trace of an order by its number, on one page', async ({ system, page }) => {
  const customer = await createCustomer(system.shopUrl)
  const { traceId, traceparent } = createTraceContext()
  const request = { method: 'POST', body: createOrderForm(), headers: { traceparent } }
  const { id } = (await (await customer.send('/api/orders', request)).json()) as { id: string }
  await expect.poll(async () => (await fetch(`${system.queryUrl}/api/v3/traces/${traceId}`)).status).toBe(200)
  const complaints: string[] = []
  await page.goto(system.gateUrl)
  await page.getByRole('button', { name: 'Войти как Олег Дымов' }).click()
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  // Only then it takes what is typed.
  await expect(page.locator('#trace-id')).not.toBeEmpty()
  const search = async (value: string) => {
    await page.getByRole('searchbox').fill(value)
    await page.getByRole('button', { name: 'Найти' }).click()
  }
  // The spans of the API and of the MES, which the queue told of it, come one after the other.
  await expect(async () => {
    await search(id)
    await expect(page.locator('#trace-id')).toHaveText(traceId, { timeout: 1000 })
    await expect(page.locator('.span', { hasText: 'mes-api' }).first()).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 20_000 })
  await expect(page.getByRole('listitem')).toHaveCount(1)
  await expect(page.locator('.ids').first()).toHaveText(`order_id ${id}`)
  await search('o-none')
  await expect(page.getByRole('status')).toHaveText('Ничего не найдено.')
  // A Jaeger that does not heed the search says 404 or 500 on the way; that is in the console of the browser, and nowhere on the page.
  expect(complaints.filter((line) => !/status of (404|500)/.test(line))).toEqual([])
})

test('the logout ends the session, from the page as well', async ({ system, page }) => {
  await page.goto(system.gateUrl)
  await page.getByRole('button', { name: 'Войти как Олег Дымов' }).click()
  await page.waitForURL(/\/(by-order\/)?$/)
  await page.goto(`${system.gateUrl}/leave`)
  await page.getByRole('button', { name: 'Выйти' }).click()
  await expect(page.getByRole('heading', { name: 'Вход для сотрудников' })).toBeVisible()
})

test('the trace store and every other part listen on the loopback interface alone', async ({ system }) => {
  // Where a login leads is where the provider is, which the system does not tell.
  const login = await fetch(`${system.gateUrl}/login`, { redirect: 'manual' })
  const urls = Object.entries(system).filter(([name, value]) => name.endsWith('Url') && value !== '')
  const parts = new Map([...urls, ['provider', login.headers.get('location')]] as [string, string][])
  expect([...parts.keys()]).toEqual(
    expect.arrayContaining(['shopUrl', 'apiUrl', 'crmUrl', 'crmApiUrl', 'mesUrl', 'mesApiUrl', 'doorUrl', 'faultsUrl']),
  )
  expect([...parts.keys()]).toEqual(
    expect.arrayContaining(['gateUrl', 'queryUrl', 'collectorUrl', 'databaseUrl', 'mesDatabaseUrl', 'provider']),
  )
  const listening = await listListening()
  for (const [name, url] of parts) {
    expect([name, listening.get(Number(new URL(url).port))]).toEqual([name, ['0100007F']])
  }
})

test('the audit knows both versions of the API, and the page of one trace', () => {
  const trace = 'a'.repeat(32)
  for (const path of [
    `/trace/${trace}`,
    `/api/traces/${trace}`,
    `/api/v3/traces/${trace}?raw=true`,
    `/trace/${trace.toUpperCase()}/`,
  ]) {
    expect(describeRead(path), path).toEqual({ what: 'trace', trace })
  }
  // Whatever a store takes for an id.
  for (const id of ['0'.repeat(40), '0xab', 'a...b', '+a']) {
    expect(describeRead(`/api/v3/traces/${id}`), id).toEqual({ what: 'trace', trace: id })
  }
  expect(describeRead(`/trace/${'x'.repeat(5000)}`)).toEqual({ what: 'trace', trace: 'x'.repeat(80) })
  expect(describeRead('/api/traces?service=crm&tags=%7B%7D')).toEqual({ what: 'search', query: 'service=crm&tags={}' })
  // However long the rest, and however it is written, the traces are in the line.
  const padding = 'x'.repeat(5000)
  expect(describeRead(`/api/traces?a=${padding}&traceID=${trace}&b=1&trace%49D=${'B'.repeat(32)}`)).toEqual({
    what: 'search',
    traces: [trace, 'b'.repeat(32)],
    query: `a=${padding}`.slice(0, 2000),
  })
  const many = Array.from({ length: 300 }, (_, n) => `traceID=${n.toString(16)}`).join('&')
  const read = describeRead(`/api/traces?${many}`)
  expect([read?.traces?.length, read?.more, read?.query]).toEqual([200, 100, ''])
  expect(describeRead('/api/v3/trace-summaries?a=%ff')).toEqual({ what: 'search', query: 'a=%ff' })
  for (const path of ['/', '/search', '/api/v3/services', '/static/main.js']) expect(describeRead(path)).toBeUndefined()
})
