import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { compare, VISITS, type Visit, visit } from '../support/compare'
import type { Site } from '../support/site'
import { expect, test } from '../support/test'

// The tests' own certificate, which nobody trusts. Bodies are streamed up over HTTP/2 alone, and that over TLS alone.
test.use({ ignoreHTTPSErrors: true })
const tls = (file: string) => readFileSync(new URL(`../support/tls/${file}`, import.meta.url))

test('a body that is streamed up reaches the server part by part, as the page makes it', async ({ page, files }) => {
  const uploads: { traceparent: unknown; parts: string[] }[] = []
  let tellArrival = () => {}
  let arrival: Promise<void> | undefined
  const server = createSecureServer({ key: tls('localhost.key'), cert: tls('localhost.crt') })
  server.on('stream', async (stream, headers) => {
    if (headers[':path'] === '/module.js') {
      stream.respond({ 'content-type': 'text/javascript' })
      return void stream.end(files.module)
    }
    if (!headers[':path']?.startsWith('/api/')) {
      stream.respond({ 'content-type': 'text/html' })
      return void stream.end('<!doctype html><script src="/module.js"></script>')
    }
    if (headers[':path'] === '/api/arrived') {
      await arrival
      stream.respond({ ':status': 200 })
      return void stream.end()
    }
    const upload = { traceparent: headers.traceparent, parts: [] as string[] }
    uploads.push(upload)
    for await (const part of stream) {
      upload.parts.push(String(part))
      tellArrival()
    }
    stream.respond({ ':status': 200 })
    stream.end(upload.parts.join())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const site = { origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}` } as Site
  const look = () =>
    page.evaluate(() =>
      window.live(async () => {
        const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
        const writer = writable.getWriter()
        const init = { method: 'POST', body: readable, duplex: 'half' } as RequestInit
        const answer = fetch('/api/upload', init)
        await writer.write(new TextEncoder().encode('one'))
        // A body that is gathered before it is sent would never arrive.
        await fetch('/api/arrived')
        await writer.write(new TextEncoder().encode('two'))
        await writer.close()
        const response = await answer
        return [response.status, readable.locked, await response.text()]
      }),
    )
  const seen = new Map<Visit, unknown>()
  for (const how of VISITS) {
    arrival = new Promise((resolve) => {
      tellArrival = resolve
    })
    await visit(page, site, how)
    seen.set(how, await look())
  }
  server.close()
  expect(seen.get('without')).toEqual([200, true, 'one,two'])
  for (const how of VISITS) expect(seen.get(how), how).toEqual(seen.get('without'))
  expect(uploads.map(({ parts }) => parts)).toEqual(VISITS.map(() => ['one', 'two']))
  expect(uploads.map(({ traceparent }) => typeof traceparent)).toEqual(['undefined', 'string', 'string'])
})

test('an upload listener that comes after `send` hears no more than without us', async ({ page, site }) => {
  site.on('/elsewhere', (_request, response) => {
    response.writeHead(307, { location: `${site.other}/api/a` }).end()
  })
  const seen = await compare(page, site, () => {
    const post = (url: string, isInTime: boolean) =>
      new Promise((resolve) => {
        const heard: string[] = []
        const xhr = new XMLHttpRequest()
        const listen = () => {
          // Once each: how often a redirected upload tells of its progress is chance.
          for (const type of ['loadstart', 'progress', 'load', 'loadend'])
            xhr.upload.addEventListener(type, () => heard.push(type), { once: true })
        }
        xhr.onloadend = () => resolve([xhr.status, ...heard])
        xhr.open('POST', url)
        if (isInTime) listen()
        xhr.send('body')
        if (!isInTime) listen()
      })
    return Promise.all([post('/elsewhere', true), post('/elsewhere', false), post('/api/a', false)])
  })
  expect(seen).toEqual([[200, 'loadstart', 'progress', 'load', 'loadend'], [200], [200]])
})
