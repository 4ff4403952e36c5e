import { createServer } from 'node:http'
import { test as base, expect } from '@playwright/test'
import { ofAddress } from '../../demo/parts/login/attempts'
import { listen } from './support/listen'
import { startShopAlone } from './support/start-alone'

interface Shop {
  /** Types a password, from an address. @returns the status */
  guess(password: string, client: string, path?: string): Promise<number>
  /** The passwords that the Shop API was asked about. */
  asked: string[]
}

/** The shop's web server behind a proxy, before an API that knows one password. */
const test = base.extend<{ shop: Shop }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  shop: async ({}, use) => {
    const asked: string[] = []
    const statuses: Record<string, number> = { right: 200, 'of an account that is closed': 429 }
    const api = await listen(
      createServer(async (request, response) => {
        const password = Buffer.concat(await request.toArray()).toString()
        asked.push(password)
        response.writeHead(statuses[password] ?? 401).end('{}')
      }),
    )
    const service = await startShopAlone({ apiUrl: api.url, doorUrl: api.url, proxies: '127.0.0.1' })
    await use({
      asked,
      async guess(password, client, path = '/api/login') {
        const headers = { 'x-forwarded-for': client }
        const answer = await fetch(`${service.url}${path}`, { method: 'POST', body: password, headers })
        const { error } = (await answer.json()) as { error?: { code: string } }
        if (error)
          expect(error).toEqual({ code: 'too_many_attempts', message: expect.stringMatching(/in a minute\.$/) })
        return answer.status
      },
    })
    await service.stop()
    await api.stop()
  },
})

test('one address tries so many passwords at the shop, whatever the account, and another address is not kept waiting', async ({
  shop,
}) => {
  // At once, as somebody would who wants to be quicker than the count.
  const statuses = await Promise.all(Array.from({ length: 100 }, (_, n) => shop.guess(`guess ${n}`, '192.0.2.1')))
  expect(statuses.filter((status) => status === 401)).toHaveLength(ofAddress.most)
  expect(statuses.filter((status) => status === 429)).toHaveLength(100 - ofAddress.most)
  expect(shop.asked).toHaveLength(ofAddress.most)
  expect(await shop.guess('right', '192.0.2.1')).toBe(429)
  expect(await shop.guess('right', '192.0.2.2')).toBe(200)
})

test('no other way to write the path leads round it', async ({ shop }) => {
  for (let n = 0; n < ofAddress.most; n++) expect(await shop.guess('wrong', '192.0.2.1')).toBe(401)
  for (const path of [
    '/api/LOGIN',
    '/api/login/',
    '/api//login',
    '/api/%6cogin',
    '/api/login?x',
    '/api/%',
    '/api/./login',
  ])
    expect(await shop.guess('wrong', '192.0.2.1', path), path).toBe(429)
  // Nothing else is kept from him.
  expect(await shop.guess('right', '192.0.2.1', '/api/orders')).toBe(200)
})

test('what was right, or was not looked at, counts for nothing', async ({ shop }) => {
  for (const password of ['right', 'of an account that is closed'])
    for (let n = 0; n < ofAddress.most; n++) await shop.guess(password, '192.0.2.1')
  expect(await shop.guess('right', '192.0.2.1')).toBe(200)
  for (let n = 0; n < ofAddress.most; n++) expect(await shop.guess('wrong', '192.0.2.1')).toBe(401)
  expect(await shop.guess('right', '192.0.2.1')).toBe(429)
})
