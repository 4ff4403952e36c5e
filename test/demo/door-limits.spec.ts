import { createServer } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { test as base, expect } from '@playwright/test'
import type { DoorLimits } from '../../demo/door/limits'
import { findAnyPort } from '../../demo/launcher/ports'
import { requestNow, startDoor, type TestDoor } from './support/door'
import { listen } from './support/listen'
import { startPost } from './support/raw-post'

/** A door with these limits, until the test is over. */
const test = base.extend<{ open: (limits?: Partial<DoorLimits>, store?: string) => Promise<TestDoor> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  open: async ({}, use) => {
    const doors: TestDoor[] = []
    await use(async (limits, store) => {
      const door = await startDoor(limits, store ? { store } : {})
      doors.push(door)
      return door
    })
    for (const door of doors) await door.stop()
  },
})

const one = () => requestNow({ id: '1' })
const gzip = { 'content-encoding': 'gzip' }

test('a body that says it is too large is refused before any of it is read', async ({ open }) => {
  const door = await open()
  const post = await startPost(door.url, { ...door.handedOn(), 'Content-Length': 10_000_000 })
  expect(await post.closed).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":8,"message":"the body is larger than 262144 bytes"/)
  expect(await door.counted('requests', 'too_large')).toBe(1)
})

test('a body that grows too large is refused in that moment, and its sender cut off', async ({ open }) => {
  const door = await open()
  const post = await startPost(door.url, { ...door.handedOn(), 'Transfer-Encoding': 'chunked' })
  const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
  let isClosed = false
  post.closed.then(() => {
    isClosed = true
  })
  // Without end.
  while (!isClosed) {
    post.socket.write(chunk)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  expect(await door.counted('requests', 'too_large')).toBe(1)
  expect((await door.post(one())).status).toBe(200)
})

test('a bomb is not unpacked beyond the limit', async ({ open }) => {
  const door = await open()
  expect((await door.post(gzipSync(one()), gzip)).status).toBe(200)
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 })
  expect(bomb.length).toBeLessThan(256 * 1024)
  const { arrayBuffers } = process.memoryUsage()
  const answers = await Promise.all(Array.from({ length: 20 }, () => door.post(bomb, gzip)))
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(413))
  // Each would have been 200 MB.
  expect(process.memoryUsage().arrayBuffers - arrayBuffers).toBeLessThan(50 * 1024 * 1024)
  expect((await door.post(one())).status).toBe(200)
})

test('a bomb inside a bomb is only bytes', async ({ open }) => {
  const door = await open()
  const inner = gzipSync(gzipSync(Buffer.alloc(1024 * 1024)))
  expect((await door.post(inner, gzip)).status).toBe(400)
  expect((await door.post(inner, { 'content-encoding': 'gzip, gzip' })).status).toBe(415)
})

test('whoever sends slowly is dropped, and keeps nobody waiting', async ({ open }) => {
  const door = await open({ bodyMs: 300 })
  const posts = await Promise.all(
    Array.from({ length: 20 }, () => startPost(door.url, { ...door.handedOn(), 'Content-Length': 1000 })),
  )
  const drips = posts.map(({ socket }) => setInterval(() => socket.write(' '), 50))
  expect((await door.post(one())).status).toBe(200)
  for (const { closed } of posts) expect(await closed).toMatch(/^HTTP\/1\.1 408 /)
  for (const drip of drips) clearInterval(drip)
  expect(await door.counted('requests', 'slow_body')).toBe(20)
})

test('whoever never ends his headers is dropped', async ({ open }) => {
  const door = await open({ headersMs: 200 })
  const socket = connect(Number(new URL(door.url).port), '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  socket.write('POST /v1/traces HTTP/1.1\r\nHost: door\r\nX-')
  const drip = setInterval(() => socket.write('a'), 50)
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(drip)
  expect(text).toMatch(/^HTTP\/1\.1 408 /)
})

test('a flood from one address is refused with a time to come again, and the others go on', async ({ open }) => {
  const door = await open({ address: { requests: 5, spans: 100 }, user: { requests: 100, spans: 100 } })
  for (let count = 0; count < 5; count++) expect((await door.post(one())).status).toBe(200)
  const refused = await door.post(one())
  expect([refused.status, await refused.json()]).toEqual([429, { code: 8, message: 'too many requests within 10 s' }])
  const seconds = Number(refused.headers.get('retry-after'))
  expect(seconds).toBeGreaterThan(5)
  expect(seconds).toBeLessThanOrEqual(10)
  expect((await door.post(one(), {}, { client: '192.0.2.2' })).status).toBe(200)
  // Whoever says to have another address by a header of his own has it not.
  expect((await door.post(one(), { 'x-forwarded-for': '192.0.2.3' })).status).toBe(429)
  expect(await door.counted('requests', 'too_many')).toBe(2)
})

test('in IPv6 one sender has as many addresses as he likes, and counts once', async ({ open }) => {
  const door = await open({ address: { requests: 2, spans: 100 } })
  const from = async (client: string) => (await door.post(one(), {}, { client })).status
  expect([await from('2001:db8::1'), await from('2001:db8:0:0:ffff::2'), await from('2001:db8::3')]).toEqual([
    200, 200, 429,
  ])
  expect([await from('2001:db8:0:1::1'), await from('::ffff:192.0.2.1')]).toEqual([200, 200])
})

test('a flood of one user is refused, wherever he sends from, and of nobody else', async ({ open }) => {
  const door = await open({ user: { requests: 2, spans: 100 } })
  const send = async (userId: string, client: string, service = 'crm') => {
    const body = requestNow({ id: '1', service })
    return (await door.post(body, {}, { service, client, login: { userId } })).status
  }
  expect([await send('u-1', '192.0.2.1'), await send('u-1', '192.0.2.2'), await send('u-1', '192.0.2.3')]).toEqual([
    200, 200, 429,
  ])
  expect(await send('u-2', '192.0.2.1')).toBe(200)
  // The same id at another UI is somebody else.
  expect(await send('u-1', '192.0.2.1', 'mes-ui')).toBe(200)
})

test('nobody pushes the spans of others out of the store', async ({ open }) => {
  const door = await open({ address: { requests: 100, spans: 10 } })
  const four = requestNow({ id: '1' }, { id: '2' }, { id: '3' }, { id: '4' })
  const statuses = [await door.post(four), await door.post(four), await door.post(four)].map(({ status }) => status)
  expect(statuses).toEqual([200, 200, 429])
  expect(door.collector.spans).toHaveLength(8)
})

test('a request of too many spans is refused with 413, so that the SDK halves it', async ({ open }) => {
  const door = await open({ spans: 3 })
  const spans = ['1', '2', '3', '4'].map((id) => ({ id }))
  const refused = await door.post(requestNow(...spans))
  expect([refused.status, (await refused.json()).message]).toEqual([413, expect.stringContaining('at most 3')])
  expect((await door.post(requestNow(...spans.slice(1)))).status).toBe(200)
})

test('attributes, events and links of a span are bounded', async ({ open }) => {
  const door = await open({ attributes: 1, events: 2 })
  const request = JSON.parse(requestNow({ id: '1', attributes: { order_id: 'o-1', 'session.id': 's' } }))
  const [span] = request.resourceSpans[0].scopeSpans[0].spans
  span.events = ['a', 'b', 'c'].map((name) => ({ name, timeUnixNano: span.startTimeUnixNano }))
  span.links = ['1', '2', '3'].map((id) => ({ traceId: id.repeat(32), spanId: id.repeat(16) }))
  expect((await door.post(JSON.stringify(request))).status).toBe(200)
  const [kept] = door.collector.spans
  expect([Object.keys(kept?.attributes ?? {}), kept?.events.length, kept?.links?.length]).toEqual([['order_id'], 2, 2])
})

test('so many bodies are read at once, of one sender and of all', async ({ open }) => {
  const door = await open({ atOnce: 2, atOnceOfAll: 3 })
  const hang = (client: string) => startPost(door.url, { ...door.handedOn({ client }), 'Content-Length': 1000 })
  const status = async (client: string) => (await door.post(one(), {}, { client })).status
  for (let count = 0; count < 2; count++) await hang('192.0.2.1')
  await expect.poll(door.open).toBe(2)
  expect([await status('192.0.2.1'), await status('192.0.2.2')]).toEqual([429, 200])
  const { socket } = await hang('192.0.2.3')
  await expect.poll(door.open).toBe(3)
  expect(await status('192.0.2.2')).toBe(503)
  socket.destroy()
  await expect.poll(() => status('192.0.2.2')).toBe(200)
})

test('a store that is down, hangs or is not well costs the sender a wait, and one that refuses is not the sender’s fault', async ({
  open,
}) => {
  const down = await open({}, `http://127.0.0.1:${await findAnyPort()}`)
  const refused = await down.post(one())
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10'])

  let status = 0
  const store = await listen(
    createServer((_request, response) => {
      if (status) response.writeHead(status, { 'retry-after': '7' }).end()
    }),
  )
  const door = await open({}, store.url)
  expect((await door.post(one())).status).toBe(503)
  status = 429
  const busy = await door.post(one())
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '7'])
  // What it refuses for good must not come again.
  for (status of [400, 413, 422]) expect((await door.post(one())).status, String(status)).toBe(400)
  // What it fails at may be why: that comes again, but not for ever.
  for (status of [500, 507]) {
    const failed = await door.post(one())
    expect([failed.status, failed.headers.get('retry-after')], String(status)).toEqual([500, null])
  }
  for (status of [502, 503, 504]) expect((await door.post(one())).status, String(status)).toBe(503)
  for (status of [401, 404]) expect((await door.post(one())).status, String(status)).toBe(502)
  status = 200
  expect((await door.post(one())).status).toBe(200)
  await store.stop()
})

test('the store learns nothing of the sender but his spans', async ({ open }) => {
  const seen: unknown[] = []
  const store = await listen(
    createServer((request, response) => {
      seen.push(request.headers)
      response.end('{}')
    }),
  )
  const door = await open({}, store.url)
  const about = { 'user-agent': 'Mozilla/5.0 (of the sender)', cookie: 'a=1', referer: 'https://shop.example/?q=ring' }
  expect((await door.post(one(), { ...about, 'x-forwarded-for': '192.0.2.9' })).status).toBe(200)
  expect(JSON.stringify(seen)).not.toMatch(/Mozilla|192\.0\.2|cookie|referer|door-/)
  await store.stop()
})
