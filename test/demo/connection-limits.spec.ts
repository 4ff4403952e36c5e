import { once } from 'node:events'
import { createServer } from 'node:http'
import { test as base, expect } from '@playwright/test'
import { connectionsOfAddress } from '../../demo/parts/http/limit-connections'
import { dripHeaders, holdOpen, isDropped } from './support/held-open'
import { listen } from './support/listen'
import { startPost } from './support/raw-post'
import { startAlone } from './support/start-alone'

/** The shop's web server before a door that refuses each body without having read it. */
const test = base.extend<{ shopUrl: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  shopUrl: async ({}, use) => {
    const door = await listen(createServer((_request, response) => response.writeHead(413).end()))
    const shop = await startAlone({
      name: 'Internet shop',
      entry: 'internet-shop/server.ts',
      env: { SHOP_API_URL: door.url, DOOR_URL: door.url, DOOR_KEY: 'key' },
    })
    await use(shop.url)
    await shop.stop()
    await door.stop()
  },
})

test('whoever never ends his headers is dropped by the shop as well', async ({ shopUrl }) => {
  expect(isDropped(await dripHeaders(shopUrl))).toBe(true)
})

// biome-ignore lint/correctness/noEmptyPattern: Playwright asks for the pattern where nothing but the second is needed
test('and by the identity provider', async ({}, testInfo) => {
  const provider = await startAlone({
    name: 'identity provider',
    entry: 'identity-provider/main.ts',
    env: {
      EMPLOYEES_FILE: testInfo.outputPath('employees.json'),
      CRM_OIDC_CLIENT_SECRET: 'a',
      MES_OIDC_CLIENT_SECRET: 'b',
      GATE_OIDC_CLIENT_SECRET: 'c',
      SUPPORT_ROLE: 'Поддержка',
      TOKEN_SECONDS: '30',
    },
  })
  expect(isDropped(await dripHeaders(provider.url))).toBe(true)
  await provider.stop()
})

test('one address has so many connections, and another address its own', async ({ shopUrl }) => {
  const held = Array.from({ length: connectionsOfAddress }, () => holdOpen(shopUrl, '127.0.0.2'))
  expect(await Promise.all(held.map(({ isClosed }) => isClosed))).toEqual(held.map(() => false))
  const [tooMany, other] = [holdOpen(shopUrl, '127.0.0.2'), holdOpen(shopUrl, '127.0.0.3')]
  expect([await tooMany.isClosed, await other.isClosed]).toEqual([true, false])
  // A place that is given back is free.
  held[0]?.socket.destroy()
  await expect.poll(() => holdOpen(shopUrl, '127.0.0.2').isClosed).toBe(false)
  for (const { socket } of [...held, other]) socket.destroy()
})

test('of spans that are refused no more is read than the door would take a few times over', async ({ shopUrl }) => {
  for (const headers of [{}, { Origin: 'https://evil.example' }] as Record<string, string>[]) {
    const post = await startPost(shopUrl, { ...headers, 'Content-Length': 200_000_000 })
    let isClosed = false
    const end = () => {
      isClosed = true
    }
    // Cut off while it writes, which is an error of the socket.
    post.closed.then(end, end)
    const chunk = Buffer.alloc(64 * 1024, ' ')
    let sent = 0
    while (!isClosed && sent < 100_000_000) {
      if (post.socket.write(chunk)) sent += chunk.length
      else if (!isClosed) await Promise.race([once(post.socket, 'drain'), post.closed]).catch(() => undefined)
    }
    // What lies in the buffers of the sockets is sent, and not read.
    expect(isClosed).toBe(true)
    expect(sent).toBeLessThan(20_000_000)
  }
})
