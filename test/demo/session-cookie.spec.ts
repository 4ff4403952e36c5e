import { createServer } from 'node:http'
import { expect, test } from '@playwright/test'
import express from 'express'
import { createToken, giveCookie, readToken, takeCookie } from '../../demo/shop-api/session-cookie'
import { listen } from './support/listen'
import { startAlone } from './support/start-alone'

const publicUrl = process.env.PUBLIC_URL
test.afterEach(() => {
  if (publicUrl === undefined) delete process.env.PUBLIC_URL
  else process.env.PUBLIC_URL = publicUrl
})

/** What the Shop API does with the cookie, over HTTP: gives one, says whose it reads, takes it away. */
async function startCookies() {
  const app = express()
  app.post('/give', (request, response) => {
    giveCookie(response, String(request.headers.token))
    response.end()
  })
  app.post('/take', (_request, response) => {
    takeCookie(response)
    response.end()
  })
  app.get('/read', (request, response) => void response.send(readToken(request) ?? 'none'))
  const { url, stop } = await listen(createServer(app))
  const send = async (path: string, headers: Record<string, string>, method = 'POST') => {
    const answer = await fetch(url + path, { method, headers })
    return { line: answer.headers.getSetCookie()[0], text: await answer.text() }
  }
  return { send, stop }
}

for (const [address, name, secure] of [
  ['', 'shop_session', ''],
  ['http://shop.example', 'shop_session', ''],
  ['https://shop.example', '__Host-shop_session', ' Secure;'],
] as const) {
  test(`the customer’s cookie at ${address || 'this machine'} is ${name}`, async () => {
    process.env.PUBLIC_URL = address
    const { send, stop } = await startCookies()
    const token = createToken()
    const given = await send('/give', { token })
    expect(given.line).toMatch(
      new RegExp(`^${name}=${token}; Max-Age=\\d+; Path=/; .*HttpOnly;${secure} SameSite=Lax$`),
    )
    expect((await send('/take', {})).line).toMatch(new RegExp(`^${name}=; Path=/; .*HttpOnly;${secure} SameSite=Lax$`))
    const other = name === 'shop_session' ? '__Host-shop_session' : 'shop_session'
    for (const [cookie, read] of [
      [`${name}=${token}`, token],
      [`a=1; ${name}=${token}; b=2`, token],
      [`${other}=${token}`, 'none'],
      [`${name}=${token}x`, 'none'],
      [`x${name}=${token}`, 'none'],
    ] as const) {
      expect((await send('/read', { cookie }, 'GET')).text, cookie).toBe(read)
    }
    await stop()
  })
}

test('with TLS before it the shop asks for nothing but TLS, and knows the customer by his cookie', async () => {
  const token = createToken()
  const api = await listen(
    createServer(({ headers: { cookie } }, response) => {
      response.end(cookie === `__Host-shop_session=${token}` ? '{"userId":"u-1"}' : '{"userId":"u-other"}')
    }),
  )
  const door = await listen(createServer(({ headers }, response) => response.end(headers['door-login'])))
  const shop = await startAlone({
    name: 'Internet shop',
    entry: 'internet-shop/server.ts',
    env: { SHOP_API_URL: api.url, DOOR_URL: door.url, DOOR_KEY: 'key', PUBLIC_URL: 'https://shop.example' },
  })
  for (const path of ['/', '/api/products', '/nothing']) {
    const { headers } = await fetch(shop.url + path)
    expect(headers.get('strict-transport-security'), path).toBe('max-age=31536000')
  }
  const headers = { cookie: `shop_session=${createToken()}; __Host-shop_session=${token}` }
  const told = await fetch(`${shop.url}/v1/traces`, { method: 'POST', body: '{}', headers })
  expect(await told.text()).toBe('user u-1')
  await shop.stop()
  await Promise.all([api.stop(), door.stop()])
})
