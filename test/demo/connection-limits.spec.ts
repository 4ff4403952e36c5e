import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { test as base, expect } from '@playwright/test'
import { findAnyPort } from '../../demo/launcher/ports'
import { startService } from '../../demo/launcher/service'
import { connectionsOfAddress } from '../../demo/parts/http/limit-connections'
import { listen } from './support/listen'
import { startPost } from './support/raw-post'

/** The shop's web server before a door that refuses each body without having read it. */
const test = base.extend<{ shopUrl: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  shopUrl: async ({}, use) => {
    const door = await listen(createServer((_request, response) => response.writeHead(413).end()))
    const shop = await startService({
      name: 'Internet shop',
      entry: 'internet-shop/server.ts',
      port: await findAnyPort(),
      env: { SHOP_API_URL: door.url, DOOR_URL: door.url, DOOR_KEY: 'key' },
      log: () => undefined,
      onExit: () => undefined,
    })
    await use(shop.url)
    await shop.stop()
    await door.stop()
  },
})

const portOf = (url: string) => Number(new URL(url).port)

test('whoever never ends his headers is dropped by the shop as well', async ({ shopUrl }) => {
  const socket = connect(portOf(shopUrl), '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  socket.write('GET / HTTP/1.1\r\nHost: shop\r\nX-')
  const drip = setInterval(() => socket.write('a'), 500)
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(drip)
  expect(text).toMatch(/^HTTP\/1\.1 408 /)
})

test('one address has so many connections, and another address its own', async ({ shopUrl }) => {
  const open = (localAddress: string) => connect({ port: portOf(shopUrl), host: '127.0.0.1', localAddress })
  const isClosed = (socket: Socket) =>
    new Promise<boolean>((resolve) => {
      socket.on('error', () => undefined).once('close', () => resolve(true))
      socket.once('data', () => resolve(false))
      socket.write('GET /health HTTP/1.1\r\nHost: shop\r\n\r\n')
    })
  const sockets = Array.from({ length: connectionsOfAddress }, () => open('127.0.0.2'))
  expect(await Promise.all(sockets.map(isClosed))).toEqual(sockets.map(() => false))
  const [tooMany, other] = [open('127.0.0.2'), open('127.0.0.3')]
  expect([await isClosed(tooMany), await isClosed(other)]).toEqual([true, false])
  // A place that is given back is free.
  const [first] = sockets
  first?.destroy()
  await expect.poll(async () => isClosed(open('127.0.0.2'))).toBe(false)
  for (const socket of [...sockets, other]) socket.destroy()
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
