import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { test as base, expect } from '@playwright/test'
import { lookUpLimits } from '../../demo/internet-shop/look-ups'
import { listen } from './support/listen'
import { startShopAlone } from './support/start-alone'

interface Shop {
  /** Sends spans, and says what the door is told of the login. */
  send(cookie: string, client: string): Promise<string>
  /** What the Shop API was asked. */
  asked: string[]
  /** Lets the questions hang that come from now on, until what is returned is called. */
  hang(): () => void
}

const right = 'r'.repeat(43)
const madeUp = () => `shop_session=${randomBytes(32).toString('base64url')}`

/** The shop's web server behind a proxy, between an API that knows one session and a door that says what it was told. */
const test = base.extend<object, { shop: Shop }>({
  shop: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
    async ({}, use) => {
      const asked: string[] = []
      let free = Promise.resolve()
      const api = await listen(
        createServer(async ({ headers: { cookie = '' } }, response) => {
          asked.push(cookie)
          await free
          const isRight = cookie === `shop_session=${right}`
          response.writeHead(isRight ? 200 : 401).end(isRight ? '{"userId":"u-1"}' : '{}')
        }),
      )
      const door = await listen(createServer(({ headers }, response) => response.end(headers['door-login'])))
      const service = await startShopAlone({ apiUrl: api.url, doorUrl: door.url, proxies: '127.0.0.1' })
      await use({
        asked,
        async send(cookie, client) {
          const headers = { cookie, 'x-forwarded-for': client }
          return (await fetch(`${service.url}/v1/traces`, { method: 'POST', body: '{}', headers })).text()
        },
        hang() {
          let release = () => {}
          free = new Promise((resolve) => {
            release = resolve
          })
          return () => release()
        },
      })
      await service.stop()
      await Promise.all([api.stop(), door.stop()])
    },
    { scope: 'worker' },
  ],
})
test.describe.configure({ mode: 'default' })

test.beforeEach(({ shop }) => {
  shop.asked.length = 0
})

test('a session is looked up once, whatever other cookies come with it', async ({ shop }) => {
  const cookies = Array.from({ length: 50 }, (_, n) => `x=${n}; shop_session=${right}; y=${n}`)
  const told = await Promise.all(cookies.map((cookie) => shop.send(cookie, '192.0.2.1')))
  expect(new Set(told)).toEqual(new Set(['user u-1']))
  expect(shop.asked).toEqual([`shop_session=${right}`])
})

test('one that is refused is not asked for again, and what can be none not at all', async ({ shop }) => {
  const wrong = madeUp()
  for (let count = 0; count < 5; count++) expect(await shop.send(wrong, '192.0.2.2')).toBe('none')
  expect(shop.asked).toEqual([wrong])
  for (const cookie of ['shop_session=', `${wrong}x`, 'shop_session=../../x', `other_${wrong}`, 'a=1']) {
    expect(await shop.send(cookie, '192.0.2.2'), cookie).toBe('none')
  }
  expect(shop.asked).toEqual([wrong])
})

test('500 made-up sessions of one address are few questions, and keep nobody else from being known', async ({
  shop,
}) => {
  expect(await shop.send(`shop_session=${right}`, '192.0.2.3')).toBe('user u-1')
  const told = await Promise.all(Array.from({ length: 500 }, () => shop.send(madeUp(), '192.0.2.3')))
  expect(shop.asked.length).toBeGreaterThan(0)
  expect(shop.asked.length).toBeLessThanOrEqual(lookUpLimits.ofAddress)
  expect(told).toContain('unknown')
  expect(await shop.send(`shop_session=${right}`, '192.0.2.3')).toBe('user u-1')
  expect(await shop.send(madeUp(), '192.0.2.4')).toBe('none')
})

test('from however many addresses, so many are asked at once; the others go on without an answer', async ({ shop }) => {
  const release = shop.hang()
  const told = Array.from({ length: 100 }, (_, n) => shop.send(madeUp(), `198.51.100.${n}`))
  let answered = 0
  const others = new Promise<void>((resolve) => {
    for (const one of told) void one.then(() => ++answered === told.length - lookUpLimits.atOnce && resolve())
  })
  expect(await Promise.race(told)).toBe('unknown')
  await others
  release()
  await Promise.all(told)
  expect(shop.asked).toHaveLength(lookUpLimits.atOnce)
})
