import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { expect } from '@playwright/test'
import { createBegunLogins } from '../../demo/parts/login/begun-logins'
import { logIn, sessionOf, gateTest as test } from './support/gate'
import { listen } from './support/listen'
import { sendAsIs } from './support/raw-request'

test('a login asks with PKCE, state and nonce, each new', async ({ gate, provider }) => {
  const [first, second] = [await gate.begin(), await gate.begin()]
  for (const name of ['code_challenge', 'state', 'nonce']) {
    const [a, b] = [first.asked.searchParams.get(name), second.asked.searchParams.get(name)]
    expect(a, name).toMatch(/^[\w-]{43}$/)
    expect(a, name).not.toBe(b)
  }
  expect(Object.fromEntries(first.asked.searchParams)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
  })
  expect(await logIn(gate, provider)).toMatch(/^gate-session=[\w-]{43}$/)
  // The provider compared it with the challenge.
  expect(provider.asked.at(-1)?.get('code_verifier')).toMatch(/^[\w-]{43,}$/)
})

test('a login with another nonce, another state, in another browser or with a stolen code is none', async ({
  gate,
  provider,
}) => {
  const { asked, cookie } = await gate.begin()
  const code = provider.authorize(asked)
  const state = asked.searchParams.get('state') ?? ''
  const other = await gate.begin()
  // Another state, one of another login, none.
  for (const wrong of ['x'.repeat(43), other.asked.searchParams.get('state') ?? '', '']) {
    const answer = await gate.comeBack({ code, state: wrong }, cookie)
    expect([answer.status, sessionOf(answer)], wrong).toEqual([400, undefined])
  }
  // Another browser, which began a login itself.
  const elsewhere = await gate.comeBack({ code, state }, other.cookie)
  expect([elsewhere.status, sessionOf(elsewhere)]).toEqual([400, undefined])
  // The code of somebody else in a login of one's own: its verifier is another.
  const stolen = await gate.comeBack({ code, state: other.asked.searchParams.get('state') ?? '' }, other.cookie)
  expect([stolen.status, sessionOf(stolen)]).toEqual([403, undefined])

  provider.says.nonce = 'of another login'
  const lied = await gate.comeBack({ code, state }, cookie)
  expect(lied.status).toBeGreaterThanOrEqual(400)
  expect(sessionOf(lied)).toBeUndefined()
  delete provider.says.nonce
  await logIn(gate, provider)
})

test('a new login ends the session before it, and the logout ends its own', async ({ gate, provider }) => {
  const ask = async (cookie: string) => (await fetch(`${gate.url}/api/v3/services`, { headers: { cookie } })).status
  const first = await logIn(gate, provider)
  expect(await ask(first)).toBe(200)
  const { asked, cookie } = await gate.begin()
  const query = { code: provider.authorize(asked), state: asked.searchParams.get('state') ?? '' }
  const second = sessionOf(await gate.comeBack(query, `${cookie}; ${first}`)) ?? ''
  expect(second).not.toBe(first)
  expect([await ask(first), await ask(second)]).toEqual([401, 200])
  const out = await fetch(`${gate.url}/logout`, { method: 'POST', headers: { cookie: second } })
  expect([out.status, out.headers.getSetCookie()]).toEqual([
    200,
    [expect.stringMatching(/^gate-session=; .*Max-Age=0/)],
  ])
  expect(await ask(second)).toBe(401)
})

test('no logout by a page of another origin', async ({ gate, provider }) => {
  const cookie = await logIn(gate, provider)
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
    const answer = await fetch(`${gate.url}/logout`, { method: 'POST', headers: { cookie, ...headers } as HeadersInit })
    expect(answer.status).toBe(403)
  }
  expect((await fetch(`${gate.url}/api/v3/services`, { headers: { cookie } })).status).toBe(200)
})

test('a provider whose tokens hold for an hour is asked again within 30 s all the same', async ({ gate, provider }) => {
  test.setTimeout(60_000)
  const cookie = await logIn(gate, provider)
  const ask = async () => (await fetch(`${gate.url}/api/v3/services`, { headers: { cookie } })).status
  expect(await ask()).toBe(200)
  provider.says.isOver = true
  const begun = Date.now()
  await expect.poll(ask, { timeout: 32_000, intervals: [500] }).toBe(401)
  expect(Date.now() - begun).toBeLessThan(30_000)
})

for (const [what, userInfo] of [
  ['has nowhere to ask', undefined],
  ['says itself', { roles: ['Поддержка'] }],
] as const) {
  test(`roles end with their token where fresh ones come without an ID token and the provider ${what}`, async ({
    gate,
    provider,
  }) => {
    Object.assign(provider.says, { expiresIn: 6, isSilent: true, userInfo })
    const cookie = await logIn(gate, provider)
    const refreshed = () => provider.asked.filter((form) => form.get('grant_type') === 'refresh_token').length
    const ask = async () => (await fetch(`${gate.url}/api/v3/services`, { headers: { cookie } })).status
    expect(await ask()).toBe(200)
    if (userInfo) {
      await expect.poll(async () => [await ask(), refreshed() > 0]).toEqual([200, true])
      provider.says.userInfo = { roles: [] }
    }
    await expect.poll(ask, { timeout: 10_000 }).toBe(403)
  })
}

test('a login ends with its token where the provider gives nothing to refresh it with', async ({ gate, provider }) => {
  Object.assign(provider.says, { expiresIn: 6, isOnce: true })
  const cookie = await logIn(gate, provider)
  const ask = async () => (await fetch(`${gate.url}/api/v3/services`, { headers: { cookie } })).status
  expect(await ask()).toBe(200)
  await expect.poll(ask, { timeout: 10_000 }).not.toBe(200)
  expect(await ask()).toBe(401)
})

test('ten thousand who begin a login keep nobody from ending his', () => {
  const logins = createBegunLogins('gate-login-', { isSecure: false })
  const begin = (state: string) => {
    const begun = { state, verifier: 'v', nonce: 'n', redirectUri: 'r', back: '/' }
    const [line = ''] = logins.add({ headers: {} } as IncomingMessage, begun)
    return { headers: { cookie: line.split(';', 1)[0] } } as IncomingMessage
  }
  const first = begin('first')
  for (let count = 0; count < 10_001; count++) begin(`other ${count}`)
  expect(logins.find(first, 'first')).toMatchObject({ verifier: 'v', nonce: 'n' })
  expect(logins.find(first, 'other 1')).toBeUndefined()
})

test('a login that a browser changed, or that it has beside many others, is none', async ({ gate, provider }) => {
  const { asked, cookie } = await gate.begin()
  const state = asked.searchParams.get('state') ?? ''
  const code = provider.authorize(asked)
  const flipped = cookie.slice(0, -2) + (cookie.endsWith('AA') ? 'BB' : 'AA')
  for (const changed of [flipped, cookie.replace(/=.*/, `=${state}`), cookie.replace(/=.*/, '=')]) {
    expect((await gate.comeBack({ code, state }, changed)).status).toBe(400)
  }
  expect((await gate.comeBack({ code, state }, cookie)).status).toBe(302)
  // The oldest of a browser's own goes, so that its requests stay small.
  const names = Array.from({ length: 6 }, (_, n) => `gate-login-${n}`)
  const headers = { cookie: names.map((name) => `${name}=x`).join('; ') }
  const next = await fetch(`${gate.url}/login`, { headers, redirect: 'manual' })
  const dropped = next.headers.getSetCookie().filter((line) => line.includes('Max-Age=0'))
  expect(dropped.map((line) => line.split('=', 1)[0])).toEqual(['gate-login-0', 'gate-login-1'])
})

test('one person’s twenty-first login ends his first, and no other', async ({ gate, provider }) => {
  const cookies: string[] = []
  for (let count = 0; count < 21; count++) cookies.push(await logIn(gate, provider))
  const ask = async (cookie = '') => (await fetch(`${gate.url}/api/v3/services`, { headers: { cookie } })).status
  expect([await ask(cookies[0]), await ask(cookies[1]), await ask(cookies[20])]).toEqual([401, 200, 200])
})

test('no address leads out of the gate after the login', async ({ gate, provider }) => {
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
    'javascript:1',
  ]) {
    const { asked, cookie } = await gate.begin(back)
    const state = asked.searchParams.get('state') ?? ''
    const end = await gate.comeBack({ code: provider.authorize(asked), state }, cookie)
    expect([end.status, end.headers.get('location')], back).toEqual([302, '/'])
  }
  // Nor does a page that sends to the login first.
  const sent = await sendAsIs(gate.url, '//evil.example/')
  expect(sent.status).toBe(400)
})

test('without TLS the cookies are no page’s and no other site’s', async ({ gate }) => {
  const { lines } = await gate.begin()
  expect(lines).toEqual([
    expect.stringMatching(/^gate-login-[^;]+; Path=\/login; HttpOnly; SameSite=Lax; Max-Age=600$/),
  ])
})

test.describe(() => {
  test.use({ publicUrl: 'https://traces.example' })
  test('with TLS before it every cookie is Secure, and the provider leads back there', async ({ gate, provider }) => {
    const { asked, cookie, lines } = await gate.begin()
    expect(asked.searchParams.get('redirect_uri')).toBe('https://traces.example/login/callback')
    const query = { code: provider.authorize(asked), state: asked.searchParams.get('state') ?? '' }
    const end = await gate.comeBack(query, cookie)
    const all = [...lines, ...end.headers.getSetCookie()]
    expect(all.map((line) => line.split('=', 1)[0])).toEqual([
      expect.stringMatching(/^__Host-gate-login-/),
      expect.stringMatching(/^__Host-gate-login-/),
      '__Host-gate-session',
    ])
    for (const line of all) expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=\d+$/)
    expect(end.headers.get('strict-transport-security')).toBe('max-age=31536000')
    const cookieOfSession = sessionOf(end) ?? ''
    const ask = async (cookie: string) => (await fetch(`${gate.url}/api/v3/services`, { headers: { cookie } })).status
    expect(await ask(cookieOfSession)).toBe(200)
    // A name that a page without TLS, or another host of the site, could have given it.
    expect(await ask(cookieOfSession.replace('__Host-', ''))).toBe(401)
  })
})

test('one way only to write an address, so that no reading goes round the audit', async ({ gate, provider }) => {
  const cookie = await logIn(gate, provider)
  const trace = 'a'.repeat(32)
  const status = async (path: string) => (await sendAsIs(gate.url, path, { cookie })).status
  expect(await status(`/api/v3/traces/${trace}`)).toBe(200)
  const lines = async () =>
    (await gate.audit()).split('\n').filter((line) => line.includes(`"trace":"${trace}"`)).length
  expect(await lines()).toBe(1)
  for (const path of [
    `//api/v3/traces/${trace}`,
    `/api//v3/traces/${trace}`,
    `/api/v3/./traces/${trace}`,
    `/api/v3/x/../traces/${trace}`,
    `/api/v3/x/%2e%2e/traces/${trace}`,
    `/api/v3/traces%2f${trace}/..`,
    `/api/v3/traces/${trace}%3fa`,
    `/api/v3/traces/${trace};a`,
    `/%2561pi/v3/traces/${trace}`,
    `/api\\v3\\traces\\${trace}`,
    `http://127.0.0.1/api/v3/traces/${trace}`,
  ]) {
    expect(await status(path), path).toBe(400)
  }
  // What any server reads alike is shown, and noted.
  for (const path of [
    `/%61pi/v3/traces/${trace}`,
    `/api/v3/traces/${trace.toUpperCase()}`,
    `/api/v3/traces/%61${trace.slice(1)}`,
  ]) {
    const before = await lines()
    expect([await status(path), await lines()], path).toEqual([200, before + 1])
  }
})

/** A store that decodes an address before it looks at it, as Jaeger does, and has other people's text in its answers. */
const decodingTest = test.extend<{ queryUrl: string }>({
  storePage: 'jaeger page',
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  queryUrl: async ({}, use) => {
    const store = await listen(
      createServer((request, response) => {
        const isPage = ['/search', '/'].includes(decodeURIComponent(request.url ?? ''))
        response.setHeader('content-type', isPage ? 'text/html' : 'application/json')
        response.end(isPage ? '<script>ours()</script>' : '{"text":"<script>evil()</script>"}')
      }),
    )
    await use(store.url)
    await store.stop()
  },
})

decodingTest(
  'no script in an answer of the store is allowed, however its address is written',
  async ({ gate, provider }) => {
    const cookie = await logIn(gate, provider)
    const policyOf = async (path: string) => {
      const answer = await fetch(gate.url + path, { headers: { cookie } })
      return [answer.status, answer.headers.get('content-type'), answer.headers.get('content-security-policy')]
    }
    for (const path of ['/search', '/se%61rch']) {
      expect(await policyOf(path), path).toEqual([
        200,
        expect.stringMatching(/^text\/html/),
        expect.stringContaining('sha256-'),
      ])
    }
    for (const path of [
      '/api/v3/traces/a',
      '/%61pi/v3/traces/a',
      '/%61%70%69/traces?service=crm',
      '/other',
      '/st%61tic/x',
    ]) {
      expect(await policyOf(path), path).toEqual([200, 'application/json', expect.not.stringContaining('sha256-')])
    }
  },
)

test('the audit is its owner’s alone, and whoever is refused fills it neither with lines nor with long ones', async ({
  gate,
  provider,
}, testInfo) => {
  provider.says.roles = []
  const cookie = await logIn(gate, provider)
  for (let count = 0; count < 30; count++) {
    const answer = await fetch(`${gate.url}/api/${'x'.repeat(3000)}`, { headers: { cookie } })
    expect(answer.status).toBe(403)
  }
  const lines = (await gate.audit()).trim().split('\n')
  expect(lines).toHaveLength(10)
  for (const line of lines) expect(line.length).toBeLessThan(400)
  expect((await stat(testInfo.outputPath('audit.jsonl'))).mode & 0o777).toBe(0o600)
})

test('a search is noted with the traces that it showed', async ({ gate, provider }) => {
  const cookie = await logIn(gate, provider)
  await fetch(`${gate.url}/api/v3/traces?query.serviceName=crm`, { headers: { cookie, 'accept-encoding': 'gzip' } })
  await expect.poll(gate.audit).toContain('"what":"found"')
  const [search, found] = (await gate.audit())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(search).toMatchObject({ who: 'u-1', what: 'search', query: 'query.serviceName=crm' })
  expect(found).toMatchObject({ who: 'u-1', what: 'found', traces: ['a'.repeat(32)] })
})

test.describe(() => {
  test.use({ auditFolder: 'not-there' })
  test('while nobody can note who reads, nobody reads', async ({ gate, provider }) => {
    const cookie = await logIn(gate, provider)
    expect((await fetch(`${gate.url}/api/v3/services`, { headers: { cookie } })).status).toBe(200)
    for (const path of [`/api/v3/traces/${'a'.repeat(32)}`, '/api/v3/traces?query.serviceName=crm']) {
      const answer = await fetch(gate.url + path, { headers: { cookie } })
      expect([answer.status, await answer.json()], path).toMatchObject([503, { error: { code: 'audit_unavailable' } }])
    }
  })
})
