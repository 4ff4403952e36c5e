import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { compareVisits } from '../support/compare'
import type { Site } from '../support/site'
import { expect, test } from '../support/test'

/** The answer to the next request for `path`, for the test to write. */
function nextAnswer(site: Site, path: string): Promise<ServerResponse> {
  return new Promise((resolve) => site.on(path, (_request, response) => resolve(response)))
}

test('a reader that is cancelled closes the connection at the server', async ({ page, site }) => {
  await compareVisits(page, site, async () => {
    const asked = nextAnswer(site, '/api/stream')
    const read = page.evaluate(() =>
      window.live(async () => {
        const response = await fetch('/api/stream')
        const reader = response.body?.getReader()
        const first = await reader?.read()
        await reader?.cancel()
        return first?.value?.length
      }),
    )
    const answer = await asked
    answer.writeHead(200).write('four')
    await once(answer, 'close')
    return [await read, answer.writableFinished]
  })
})

test('an endless stream can be read on and on, and leaves no span open', async ({ page, site }) => {
  await compareVisits(page, site, async (how) => {
    const asked = nextAnswer(site, '/api/stream')
    const begun = page.evaluate(() =>
      window.live(async () => {
        const reader = (await fetch('/api/stream')).body?.getReader()
        Object.assign(window, { readOn: async () => (await reader?.read())?.value?.length })
      }),
    )
    const answer = await asked
    answer.writeHead(200).flushHeaders()
    await begun
    const read = () => page.evaluate('readOn()')
    answer.write('a')
    const first = await read()
    if (how !== 'without') {
      // The request's span has left while the stream goes on; nothing of it is open or waiting.
      if (how === 'in an order') await page.evaluate(() => window.openOrder?.succeed())
      await page.evaluate(() => window.tracing.flush())
      const { made, sent, waiting } = await page.evaluate(() => window.tracing.diagnostics().spans)
      expect([sent, waiting]).toEqual([made, 0])
      expect(
        site.spans.all.filter(({ attributes }) => String(attributes['url.full']).endsWith('/api/stream')),
      ).toHaveLength(how === 'traced' ? 1 : 2)
      await page.evaluate(() => {
        if (!window.openOrder) return
        window.openOrder = window.tracing.startOrder('safety')
        window.live = window.openOrder.run
      })
    }
    answer.write('bc')
    const second = await read()
    answer.end()
    return [first, second]
  })
})

const SIZE = 50 * 1024 * 1024

/**
 * How much memory a page holds cannot be measured without isolating it, and an unread body is drawn at a pace of the browser's own; but a
 * second copy begins with somebody who takes hold of the body, and that can be seen.
 */
test('a download of 50 MB is taken hold of by the page alone, so there is no second copy', async ({ page, site }) => {
  site.page(
    '/watched',
    `<script src="/module.js"></script><script>
      window.taken = []
      const streams = []
      // What we do with answers of the collector is our own business.
      const note = (body, name) => { if (streams.includes(body) || String(body.url).endsWith('/api/file')) taken.push(name) }
      for (const [prototype, names] of [
        [Response.prototype, ['clone', 'text', 'json', 'blob', 'arrayBuffer', 'bytes']],
        [ReadableStream.prototype, ['tee', 'getReader', 'pipeTo', 'pipeThrough']],
      ]) for (const name of names) {
        const native = prototype[name]
        prototype[name] = function (...args) { note(this, name); return native.apply(this, args) }
      }
      const body = Object.getOwnPropertyDescriptor(Response.prototype, 'body')
      Object.defineProperty(Response.prototype, 'body', { ...body, get() { note(this, 'body'); return streams[0] = body.get.call(this) } })
    </script>`,
  )
  site.on('/api/file', async (_request, response) => {
    const chunk = Buffer.alloc(SIZE / 50)
    response.writeHead(200, { 'content-length': SIZE })
    for (let sent = 0; sent < SIZE; sent += chunk.length) if (!response.write(chunk)) await once(response, 'drain')
    response.end()
  })
  const download = () =>
    page.evaluate(() =>
      window.live(async () => {
        const reader = (await fetch('/api/file')).body?.getReader()
        let size = 0
        for (let part = await reader?.read(); part?.value; part = await reader?.read()) size += part.value.length
        return [size, (window as unknown as { taken: string[] }).taken]
      }),
    )
  expect(await compareVisits(page, site, download, { path: '/watched' })).toEqual([SIZE, ['body', 'getReader']])
})
