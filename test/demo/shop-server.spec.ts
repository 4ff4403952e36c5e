import { request } from 'node:http'
import { test as base, expect } from '@playwright/test'
import { findAnyPort } from '../../demo/launcher/ports'
import type { Service } from '../../demo/launcher/service'
import { type Echo, sendRaw, startEcho } from './support/raw-request'
import { startAlone } from './support/start-alone'

/** The shop's web server alone, with an echo behind it. */
const test = base.extend<object, { echo: Echo; shop: Service }>({
  echo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
    async ({}, use) => {
      const echo = await startEcho()
      await use(echo)
      await echo.stop()
    },
    { scope: 'worker' },
  ],
  shop: [
    async ({ echo }, use) => {
      const env = { SHOP_API_URL: echo.url, DOOR_URL: echo.url, DOOR_KEY: 'the key' }
      const shop = await startAlone({ name: 'Internet shop', entry: 'internet-shop/server.ts', env })
      await use(shop)
      await shop.stop()
    },
    { scope: 'worker' },
  ],
})
// In one worker: a second system costs more time than it saves.
test.describe.configure({ mode: 'default' })

test('requests to the API arrive as they were sent, letter case and order of the headers included', async ({
  echo,
  shop,
}) => {
  const headers = [
    'TraceParent',
    '00-x',
    'tracestate',
    'b=2,a=1',
    'tracestate',
    'c=3',
    'Baggage',
    'order_id=%20 x;p=1',
    'cookie',
    'a=1',
  ]
  const received = echo.next()
  const path = '/api/echo?a=%20b'
  const status = await sendRaw(shop.url + path, {
    method: 'POST',
    headers: [...headers, 'Content-Length', '4'],
    body: 'body',
  })
  expect(status).toBe(202)
  const arrived = await received
  expect(arrived.headers.slice(2, 2 + headers.length)).toEqual(headers)
  expect([arrived.url, arrived.body]).toEqual([path, 'body'])
})

test('spans go on to the door with what it needs, and with nothing that tells of the browser', async ({
  echo,
  shop,
}) => {
  const received = echo.next()
  const about = [
    'User-Agent',
    'Mozilla/5.0',
    'Accept-Language',
    'ru',
    'X-Forwarded-For',
    '192.0.2.1',
    'door-login',
    'user u-1',
  ]
  const status = await sendRaw(`${shop.url}/v1/traces`, {
    method: 'POST',
    headers: ['Content-Type', 'application/json', 'Content-Encoding', 'gzip', ...about, 'Content-Length', '4'],
    body: 'body',
  })
  expect(status).toBe(202)
  const { headers, body } = await received
  const told = [
    'door-key',
    'the key',
    'door-service',
    'internet-shop',
    'door-login',
    'none',
    'door-client',
    '127.0.0.1',
  ]
  expect(headers.filter((name) => name !== 'Connection' && name !== 'close')).toEqual([
    ...['Host', new URL(shop.url).host],
    ...['Content-Type', 'application/json', 'Content-Encoding', 'gzip', 'Content-Length', '4'],
    ...told,
  ])
  expect(body).toBe('body')
})

test('no page of another origin sends spans as ours', async ({ shop }) => {
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'same-site' }]) {
    const answer = await fetch(`${shop.url}/v1/traces`, { method: 'POST', body: '{}', headers })
    expect([answer.status, await answer.json()]).toMatchObject([403, { error: { code: 'foreign_origin' } }])
  }
})

test('an API that is down is a 502 in the form of the API', async ({ shop }) => {
  const port = await findAnyPort()
  const env = { SHOP_API_URL: `http://127.0.0.1:${port}`, DOOR_URL: shop.url, DOOR_KEY: 'the key' }
  const lonely = await startAlone({
    name: 'Internet shop',
    entry: 'internet-shop/server.ts',
    env,
  })
  const response = await fetch(`${lonely.url}/api/products`)
  expect([response.status, await response.json()]).toMatchObject([502, { error: { code: 'bad_gateway' } }])
  await lonely.stop()
})

test('pages have clean addresses and a strict policy', async ({ shop }) => {
  for (const [path, text] of [
    ['/', 'catalogue-page.js'],
    ['/order', 'order-page.js'],
    ['/orders/o-2222222222', 'order-status-page.js'],
  ] as const) {
    const response = await fetch(shop.url + path)
    expect(response.status, path).toBe(200)
    expect(await response.text(), path).toContain(text)
    expect(response.headers.get('content-security-policy'), path).toMatch(/^default-src 'self';/)
    expect(response.headers.get('content-type'), path).toBe('text/html; charset=utf-8')
  }
  expect((await fetch(`${shop.url}/nothing`)).status).toBe(404)
  expect((await fetch(`${shop.url}/`, { method: 'DELETE' })).status).toBe(405)
})

const escapes = [
  '/../server.ts',
  '/..%2fserver.ts',
  '/%2e%2e/server.ts',
  '/assets/../../server.ts',
  '//etc/passwd',
  '/..\\server.ts',
  '/.',
  '/%00',
  '/assets',
]
for (const path of escapes) {
  test(`no address leads out of the folder: ${path}`, async ({ shop }) => {
    const { port } = new URL(shop.url)
    const status = await new Promise((resolve, reject) => {
      // Node's own client, because fetch would tidy the path up.
      request({ host: '127.0.0.1', port, path }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(404)
  })
}
