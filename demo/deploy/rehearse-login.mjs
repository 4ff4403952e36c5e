// `node demo/deploy/rehearse-login.mjs`: runs oauth2-proxy as it is configured here, before a provider that speaks as Keycloak does, and tries
// to get in: without a login, without the role, with it, after it was taken away, and with a copy of the cookie after a logout.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { check, finish, listen } from './rehearsal.mjs'
import { createStandIn } from './stand-in-provider.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const program = build('oauth2-proxy', 'github.com/oauth2-proxy/oauth2-proxy/v7', console.log)
const roles = { support: ['Поддержка'], manager: ['manager'] }
const disabled = new Set()

const reader = createServer((request, response) => response.end(`traces for ${request.headers['x-forwarded-user']}`))
const readerUrl = await listen(reader)
const [providerServer, proxyServer] = [createServer(), createServer()]
const issuer = await listen(providerServer)
const proxyUrl = await listen(proxyServer)
proxyServer.close()
providerServer.on('request', createStandIn({ issuer, redirectUri: `${proxyUrl}/oauth2/callback`, roles, disabled }))
const child = spawn(program, ['--config', join(here, 'oauth2-proxy.cfg')], {
  env: {
    ...process.env,
    OAUTH2_PROXY_CLIENT_SECRET: 'example',
    OAUTH2_PROXY_COOKIE_SECRET: randomBytes(32).toString('base64url'),
    // The places are others here, and the wait is shorter.
    OAUTH2_PROXY_OIDC_ISSUER_URL: issuer,
    OAUTH2_PROXY_REDIRECT_URL: `${proxyUrl}/oauth2/callback`,
    OAUTH2_PROXY_HTTP_ADDRESS: new URL(proxyUrl).host,
    OAUTH2_PROXY_UPSTREAMS: `${readerUrl}/`,
    OAUTH2_PROXY_COOKIE_REFRESH: '2s',
    OAUTH2_PROXY_BACKEND_LOGOUT_URL: `${issuer}/logout?id_token_hint={id_token}`,
    OAUTH2_PROXY_CUSTOM_TEMPLATES_DIR: join(here, 'login/pages'),
  },
  stdio: ['ignore', 'pipe', 'pipe'],
})
let said = ''
for (const stream of [child.stdout, child.stderr]) {
  stream.on('data', (text) => {
    said = (said + text).slice(-1500)
  })
}
try {
  await waitForProxy()
  await tryToGetIn()
} catch (error) {
  check(`no error\n${error.stack}\n${said}`, false)
} finally {
  child.kill()
  for (const server of [reader, providerServer]) {
    server.closeAllConnections()
    server.close()
  }
}
finish()

async function tryToGetIn() {
  const nobody = createClient()
  check('nobody: the API says 401', (await nobody.get(`${proxyUrl}/api/v3/services`)).status === 401)
  const page = await nobody.get(`${proxyUrl}/search`)
  const asked = new URL(page.headers.get('location') ?? proxyUrl).searchParams
  check(
    'nobody: a page leads to the login',
    page.status === 302 && (page.headers.get('location') ?? '').startsWith(issuer),
  )
  check(
    'with PKCE, state and nonce',
    asked.get('code_challenge_method') === 'S256' && asked.has('state') && asked.has('nonce'),
  )

  const manager = createClient()
  const refused = await manager.logIn('manager')
  check('an account without the role: 403', refused.status === 403)
  check('with a page that says whom to ask', (await refused.text()).includes('Попросите роль у руководителя поддержки'))
  check('and the API says nothing either', (await manager.get(`${proxyUrl}/api/v3/services`)).status === 401)

  const leaving = createClient()
  await leaving.logIn('support')
  const copy = createClient(leaving.cookies)
  check('a copy of a cookie gets in', (await copy.get(`${proxyUrl}/api/v3/services`)).status === 200)
  check('a logout', (await leaving.get(`${proxyUrl}/oauth2/sign_out`)).status === 302)
  check('after it one is out', (await leaving.get(`${proxyUrl}/api/v3/services`)).status === 401)
  await pause(6000)
  check('and so is the copy, as soon as its tokens end', (await copy.get(`${proxyUrl}/api/v3/services`)).status === 401)

  for (const [how, change] of [
    ['the role is taken away', () => roles.support.splice(0)],
    ['the account is disabled', () => disabled.add('support')],
  ]) {
    roles.support = ['Поддержка']
    const support = createClient()
    check('an account with the role gets in', (await support.logIn('support')).status === 200)
    const answer = await support.get(`${proxyUrl}/api/v3/services`)
    check('and the reader behind is told who it is, by the opaque id', (await answer.text()) === 'traces for support')
    check(
      'its cookie is no script’s',
      support.cookieLines.some((line) => /^traces.*HttpOnly.*SameSite=Lax/i.test(line)),
    )
    change()
    // As long as a token holds: a session that cannot be renewed is believed until then.
    await pause(6000)
    const status = (await support.get(`${proxyUrl}/api/v3/services`)).status
    check(`after ${how} it is out: ${status}`, status === 401 || status === 403)
  }
}

/** A browser as far as a login needs one; with a copy of what another one has, if given. */
function createClient(stolen = new Map()) {
  const cookies = new Map([...stolen].map(([origin, own]) => [origin, new Map(own)]))
  const cookieLines = []
  async function get(url, init = {}) {
    const { origin } = new URL(url)
    const own = cookies.get(origin) ?? new Map()
    cookies.set(origin, own)
    const cookie = [...own].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      cookieLines.push(line)
      const [name, value] = line.split(';', 1)[0].split(/=(.*)/s)
      own.set(name, value)
    }
    return response
  }
  async function follow(url, init) {
    const response = await get(url, init)
    const location = response.headers.get('location')
    return location ? follow(new URL(location, url).href) : { url, response }
  }
  return {
    get,
    cookies,
    cookieLines,
    async logIn(login) {
      const { url } = await follow(`${proxyUrl}/`)
      const body = new URLSearchParams({ prompt: 'login', login, password: 'any' })
      return (await follow(url, { method: 'POST', body })).response
    },
  }
}

async function waitForProxy() {
  for (let attempt = 0; attempt < 200; attempt++) {
    const isThere = await fetch(`${proxyUrl}/ping`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isThere) return
    if (child.exitCode !== null) break
    await pause(50)
  }
  throw new Error('oauth2-proxy does not start.')
}
