import { once } from 'node:events'
import { type ClientRequest, request } from 'node:http'
import { connect } from 'node:net'
import { createOrderForm } from './support/customer'
import { expect, test } from './support/system'

const MiB = 1024 * 1024

test('60 MB are refused, and the client sees it, through the shop and directly', async ({
  customer,
  system,
  countStored,
  traceContext,
  serverSpan,
}) => {
  const before = await countStored()
  const headers = { cookie: customer.cookie, traceparent: traceContext.traceparent }
  for (const url of [system.shopUrl, system.apiUrl]) {
    const body = createOrderForm({ model: { name: 'big.stl', content: new Uint8Array(60_000_000) } })
    const response = await fetch(`${url}/api/orders`, { method: 'POST', headers, body })
    expect([response.status, await response.json()]).toMatchObject([413, { error: { code: 'model_too_large' } }])
  }
  expect((await serverSpan()).attributes).toMatchObject({ 'error.type': 'model_too_large', user_id: customer.userId })
  expect(await countStored()).toEqual(before)
})

test('a file refused in the middle of its bytes does not end the service', async ({
  customer,
  system,
  countStored,
}) => {
  const before = await countStored()
  const upload = startUpload(system.shopUrl, customer.cookie, { fileName: 'a.exe' })
  const answer = once(upload, 'response')
  // The answer comes while the file is still open, and the service hears of its end afterwards.
  upload.write(Buffer.alloc(MiB))
  const [response] = await answer
  upload.end('\r\n--x--\r\n')
  expect(response.resume().statusCode).toBe(415)
  expect((await customer.send('/api/orders')).status).toBe(200)
  expect(await countStored()).toEqual(before)
})

test('a refused upload leaves its connection to the next request', async ({ customer, system }) => {
  const next = `GET /api/products HTTP/1.1\r\nHost: ${new URL(system.shopUrl).host}\r\nConnection: close\r\n\r\n`
  for (const url of [system.shopUrl, system.apiUrl]) {
    const answers = await sendRefused(url, customer.cookie, { connection: 'keep-alive', next })
    expect(answers, url).toEqual(['HTTP/1.1 415', 'HTTP/1.1 200'])
  }
})

test('a client that wants its connection closed gets its answer first', async ({ customer, system }) => {
  for (const url of [system.shopUrl, system.apiUrl]) {
    expect(await sendRefused(url, customer.cookie, { connection: 'close' }), url).toEqual(['HTTP/1.1 415'])
  }
})

test('a page in a browser sees the 413 as well', async ({ page, system }) => {
  await page.goto(`${system.shopUrl}/`)
  const seen = await page.evaluate(async () => {
    await fetch('/api/session', { method: 'POST' })
    const form = new FormData()
    form.append('productId', 'ring-dawn')
    form.append('quantity', '1')
    form.append('model', new Blob([new Uint8Array(60_000_000)]), 'big.stl')
    const response = await fetch('/api/orders', { method: 'POST', body: form })
    return { status: response.status, body: await response.json() }
  })
  expect(seen).toMatchObject({ status: 413, body: { error: { code: 'model_too_large' } } })
})

test('the limit counts the bytes that come, not those that were announced', async ({
  customer,
  system,
  countStored,
}) => {
  const before = await countStored()
  const upload = startUpload(system.shopUrl, customer.cookie)
  const answer = once(upload, 'response')
  for (let sent = 0; sent < 51; sent++) if (!upload.write(Buffer.alloc(MiB))) await once(upload, 'drain')
  upload.end('\r\n--x--\r\n')
  const [response] = await answer
  expect(response.resume().statusCode).toBe(413)
  expect(await countStored()).toEqual(before)
})

test('exactly 50 MiB are taken', async ({ customer, countStored }) => {
  const before = await countStored()
  const body = createOrderForm({ model: { name: 'large.stl', content: new Uint8Array(50 * MiB) } })
  expect((await customer.send('/api/orders', { method: 'POST', body })).status).toBe(201)
  expect((await countStored()).orders).toBe(before.orders + 1)
})

test('a client that goes away in the middle leaves nothing, and an error span', async ({
  customer,
  system,
  collector,
  countStored,
  traceContext,
}) => {
  const before = await countStored()
  const { traceId, traceparent } = traceContext
  const upload = startUpload(system.shopUrl, customer.cookie, { headers: { traceparent } })
  upload.write(Buffer.alloc(MiB))
  // Half of a file is on the disk now, so there is something to leave behind.
  await expect.poll(async () => (await countStored()).files.filter((name) => name.endsWith('.partial')).length).toBe(1)
  upload.destroy()

  const isDone = (name: string) => name === 'PutObject'
  const spans = await collector.waitForTrace(traceId, (found) => found.some((span) => isDone(span.name)))
  const server = spans.find((span) => span.kind === 2)
  expect(server?.status?.code).toBe(2)
  expect(server?.attributes).toMatchObject({ 'error.type': 'client_gone', user_id: customer.userId })
  expect(await countStored()).toEqual(before)
})

/** Begins an upload in chunks, whose end is up to the test. */
function startUpload(
  shopUrl: string,
  cookie: string,
  { headers = {}, fileName = 'a.stl' }: { headers?: Record<string, string>; fileName?: string } = {},
): ClientRequest {
  const type = { 'content-type': 'multipart/form-data; boundary=x' }
  const upload = request(`${shopUrl}/api/orders`, { method: 'POST', headers: { ...headers, ...type, cookie } })
  // The test ends the connection itself.
  upload.on('error', () => undefined)
  upload.write(`--x\r\nContent-Disposition: form-data; name="model"; filename="${fileName}"\r\n\r\n`)
  return upload
}

/** Sends a large file of a wrong type, and maybe more, and resolves to the status lines of all that comes back. */
async function sendRefused(
  url: string,
  cookie: string,
  { connection, next = '' }: { connection: string; next?: string },
): Promise<string[] | null> {
  const { host, hostname, port } = new URL(url)
  const begin = '--x\r\nContent-Disposition: form-data; name="model"; filename="a.exe"\r\n\r\n'
  // More than all the buffers on the way hold, so that most of it is still to come when the answer is there.
  const size = 40 * MiB
  const head = [
    'POST /api/orders HTTP/1.1',
    `Host: ${host}`,
    `Connection: ${connection}`,
    `Cookie: ${cookie}`,
    'Content-Type: multipart/form-data; boundary=x',
    `Content-Length: ${begin.length + size}`,
  ]
  // A socket, for a client of a higher level would take another connection without a word.
  const socket = connect(Number(port), hostname)
  socket.write(`${head.join('\r\n')}\r\n\r\n${begin}`)
  socket.write(Buffer.alloc(size))
  socket.write(next)
  let answers = ''
  for await (const chunk of socket) answers += chunk
  return answers.match(/HTTP\/1\.1 \d+/g)
}
