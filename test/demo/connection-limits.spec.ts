import { once } from 'node:events'
import { createServer } from 'node:http'
import { test as base, expect } from '@playwright/test'
import { requestNow, startDoor } from './support/door'
import { dripHeaders, expectShares, holdOpen, isDropped, letGo, takeShare } from './support/held-open'
import { listen } from './support/listen'
import { startPost } from './support/raw-post'
import { startProviderAlone, startShopAlone } from './support/start-alone'

/** The shop's web server before a door that refuses each body without having read it; and the identity provider. */
const test = base.extend<{ shopUrl: string; providerUrl: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  shopUrl: async ({}, use) => {
    const door = await listen(createServer((_request, response) => response.writeHead(413).end()))
    const shop = await startShopAlone({ apiUrl: door.url, doorUrl: door.url })
    await use(shop.url)
    await shop.stop()
    await door.stop()
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  providerUrl: async ({}, use, testInfo) => {
    const provider = await startProviderAlone(testInfo.outputPath('employees.json'))
    await use(provider.url)
    await provider.stop()
  },
})

test('whoever never ends his headers is dropped by the shop as well', async ({ shopUrl }) => {
  expect(isDropped(await dripHeaders(shopUrl))).toBe(true)
})

test('and by the identity provider', async ({ providerUrl }) => {
  expect(isDropped(await dripHeaders(providerUrl))).toBe(true)
})

test('one address has so many connections, and another address its own', async ({ shopUrl }) => {
  const held = await expectShares(shopUrl)
  // A place that is given back is free.
  held[0]?.socket.destroy()
  await expect.poll(() => holdOpen(shopUrl, '127.0.0.2').isClosed).toBe(false)
  letGo(held)
})

test('to the identity provider as well', async ({ providerUrl }) => {
  letGo(await expectShares(providerUrl))
})

test('and to the door, but for the servers of the UIs, by which all browsers come', async () => {
  const door = await startDoor()
  const held = await expectShares(door.url, '127.0.0.1')
  // By one that knows the key.
  expect((await door.post(requestNow({ id: '1' }))).status).toBe(200)
  const ofServer = [...(await takeShare(door.url, '127.0.0.1')), holdOpen(door.url, '127.0.0.1')]
  expect(await ofServer.at(-1)?.isClosed).toBe(false)
  letGo([...held, ...ofServer])
  await door.stop()
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
