import { createServer } from 'node:http'
import { test as base, expect } from '@playwright/test'
import { readTrustedProxies } from '../../demo/parts/http/client-address'
import { foreignPage, key, requestNow, startDoor, type TestDoor } from './support/door'
import { listen } from './support/listen'
import { startShopAlone } from './support/start-alone'

/** One request of an address is let through, the second is not. */
const test = base.extend<{ proxies: string; door: TestDoor; shopUrl: string }>({
  proxies: ['', { option: true }],
  door: async ({ proxies }, use) => {
    const door = await startDoor({ address: { requests: 1, spans: 100 } }, { proxies })
    await use(door)
    await door.stop()
  },
  shopUrl: async ({ proxies, door }, use) => {
    const api = await listen(createServer((_request, response) => response.writeHead(401).end()))
    const shop = await startShopAlone({ apiUrl: api.url, doorUrl: door.url, key, proxies })
    await use(shop.url)
    await shop.stop()
    await api.stop()
  },
})

const throughShop = async (shopUrl: string, forwarded: string) => {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwarded }
  return (await fetch(`${shopUrl}/v1/traces`, { method: 'POST', body: requestNow({ id: '1' }), headers })).status
}

const straight = async (door: TestDoor, forwarded: string) => {
  const headers = { 'content-type': 'application/json', origin: foreignPage, 'x-forwarded-for': forwarded }
  const body = requestNow({ id: '1', service: 'crm' })
  return (await fetch(`${door.url}/v1/traces`, { method: 'POST', body, headers })).status
}

test.describe('behind a proxy that is ours', () => {
  test.use({ proxies: '10.0.0.0/8, 127.0.0.1' })

  test('two clients are counted apart, and what a client says itself counts for nothing', async ({ shopUrl }) => {
    expect(await throughShop(shopUrl, '192.0.2.1')).toBe(200)
    expect(await throughShop(shopUrl, '192.0.2.1')).toBe(429)
    expect(await throughShop(shopUrl, '192.0.2.9, 192.0.2.1')).toBe(429)
    expect(await throughShop(shopUrl, '192.0.2.1, 192.0.2.2')).toBe(200)
    expect(await throughShop(shopUrl, '::ffff:192.0.2.2')).toBe(429)
  })

  test('the same at the door itself', async ({ door }) => {
    expect([await straight(door, '192.0.2.1'), await straight(door, '192.0.2.1')]).toEqual([200, 429])
    expect(await straight(door, '192.0.2.2')).toBe(200)
    // What is no address is nobody else: the proxy's own is counted.
    expect([await straight(door, 'unknown'), await straight(door, '')]).toEqual([200, 429])
  })
})

for (const proxies of ['', '10.0.0.0/8,2001:db8::/32']) {
  test.describe(`trusting ${proxies || 'nobody'}`, () => {
    test.use({ proxies })

    test('nobody else is another by a header', async ({ shopUrl, door }) => {
      expect(await throughShop(shopUrl, '192.0.2.1')).toBe(200)
      expect([await throughShop(shopUrl, '192.0.2.2'), await straight(door, '192.0.2.3')]).toEqual([429, 429])
    })
  })
}

test('what is no address or range is said', () => {
  for (const text of ['nginx', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/x', '300.0.0.1', '::1/129', '10.0.0.0/']) {
    expect(() => readTrustedProxies(`127.0.0.1,${text}`), text).toThrow(`but one is "${text}"`)
  }
})
