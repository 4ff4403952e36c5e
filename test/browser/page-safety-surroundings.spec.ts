import type { Page } from '@playwright/test'
import { compare, proveTraced, VISITS, visit } from '../support/compare'
import type { Site } from '../support/site'
import { expect, isOrder, test } from '../support/test'

const headersOf = (site: Site, path: string) => site.requests.all.filter((request) => request.path === path)

/** Sends an order as a page would, and answers what came of it. */
const sendOrder = (page: Page, path: string) =>
  page.evaluate(
    (path) =>
      window.tracing.order('submit', { id: 'o-1' }, async () => {
        await new Promise((resolve) => setTimeout(resolve))
        return (await fetch(path)).status
      }),
    path,
  )

test('other fetch wrappers, put there before and after us, see every request once', async ({ page, site }) => {
  site.page(
    '/wrapped',
    `<script src="/module.js"></script><script>
      window.seen = []
      window.wrap = (name) => {
        const inner = window.fetch
        window.fetch = async (input, init) => { seen.push(name + ' ' + input); return inner(input, init) }
      }
      wrap('before')
    </script>`,
  )
  for (const how of VISITS) {
    await visit(page, site, how, { path: '/wrapped' })
    const look = () =>
      page.evaluate(async () => {
        const { wrap, seen } = window as unknown as { wrap(name: string): void; seen: string[] }
        wrap('after')
        await window.live(() => fetch('/api/a').then((response) => response.text()))
        return seen
      })
    expect(await look()).toEqual(['after /api/a', 'before /api/a'])
    await proveTraced(page, site, how)
    if (how === 'without') continue
    // Spans leave by the fetch that we found, so a wrapper that came after us cannot make us trace ourselves.
    await page.evaluate(() => window.openOrder?.succeed())
    await page.evaluate(() => window.tracing.flush())
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen)
    expect(new Set(seen.filter((line) => line.includes('/v1/traces')).map((line) => line.split(' ')[0]))).toEqual(
      new Set(['before']),
    )
  }
})

test('two copies of us make one span for a request, and one message', async ({ page, site }) => {
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  site.page(
    '/twice',
    '<script src="/ordertrace.min.js" data-service="crm" data-apis="/api/"></script><script src="/module.js"></script>',
  )
  await visit(page, site, 'traced', { path: '/twice' })
  expect(await page.evaluate(() => window.tracing === window.ordertrace)).toBe(true)
  expect(said).toEqual([expect.stringContaining('tracing runs on this page already')])
  expect(await sendOrder(page, '/api/twice')).toBe(200)
  const order = await site.spans.find(isOrder('submit'), 'the order')
  await page.evaluate(() => window.tracing.flush())
  const requests = site.spans.all.filter(({ traceId, kind }) => traceId === order.traceId && kind === 3)
  expect(requests).toHaveLength(1)
  expect(headersOf(site, '/api/twice')[0]?.rawHeaders.filter((name) => name === 'traceparent')).toHaveLength(1)
})

test('the page notices nothing: document.write, print and an iframe per product', async ({ page, site }) => {
  site.page('/product', '<title>product</title>')
  const seen = await compare(page, site, async () => {
    const printed: unknown[] = []
    const told = (event: Event) => printed.push(event.type)
    addEventListener('beforeprint', told)
    addEventListener('afterprint', told)
    window.print = () => {
      dispatchEvent(new Event('beforeprint'))
      printed.push('printed')
      dispatchEvent(new Event('afterprint'))
    }
    window.print()
    const frames = await Promise.all(
      [1, 2, 3].map(async (each) => {
        const frame = Object.assign(document.createElement('iframe'), { src: `/product?${each}` })
        const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
        document.body.append(frame)
        await loaded
        const inner = frame.contentWindow as Window & typeof globalThis
        return [inner.document.title, (await inner.fetch('/api/a')).status, inner.Promise !== Promise]
      }),
    )
    const written = document.body.appendChild(document.createElement('iframe')).contentDocument
    written?.open()
    written?.write('<p>written')
    written?.close()
    return [printed, frames, written?.body.textContent]
  })
  expect(seen).toEqual([['beforeprint', 'printed', 'afterprint'], Array(3).fill(['product', 200, true]), 'written'])
})

test('storage that is blocked, in a sandboxed frame: orders are traced all the same', async ({ page, site }) => {
  site.page('/framed', '<title>outer</title>')
  site.page('/inner', '<script src="/ordertrace.min.js" data-service="inner" data-apis="/api/"></script>')
  await page.goto(`${site.origin}/framed`)
  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.setAttribute('sandbox', 'allow-scripts')
    frame.src = '/inner'
    document.body.append(frame)
    return new Promise((resolve) => frame.addEventListener('load', resolve))
  })
  const inner = page.frames().find((frame) => frame.url().endsWith('/inner'))
  const seen = await inner?.evaluate(async () => {
    let isBlocked = false
    try {
      sessionStorage.getItem('a')
    } catch {
      isBlocked = true
    }
    const status = await window.ordertrace.order('submit', async () => (await fetch('/api/inner')).status)
    const { failures } = window.ordertrace.diagnostics()
    return [isBlocked, status, Object.keys(failures)]
  })
  // The frame is of no origin: its requests go out with CORS, and a listed path is that of the page’s address.
  expect(seen).toEqual([true, 200, ['storage']])
  expect(await site.spans.find(isOrder('submit'), 'the order')).toMatchObject({ service: 'inner' })
})

test('a strict policy with Trusted Types is not violated', async ({ page, site }) => {
  const policy = `default-src 'none'; script-src 'nonce-own'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`
  site.on('/strict', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy }).end(
      `<!doctype html><script nonce=own>
        window.violations = []
        addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective))
      </script>
      <script nonce=own src="/ordertrace.min.js" data-service="crm" data-apis="/api/"></script>
      <script nonce=own>
        ordertrace.order('submit', async () => { await fetch('/api/a') }).then(() => ordertrace.flush()).then(() => {
          try { document.body.innerHTML = '<p>' } catch {}
        })
      </script>`,
    )
  })
  await page.goto(`${site.origin}/strict`)
  await site.spans.find(isOrder('submit'), 'the order')
  const violations = () => page.evaluate(() => (window as unknown as { violations: string[] }).violations)
  // The page's own violation is seen, and is the only one.
  await expect.poll(violations).toEqual(['require-trusted-types-for'])
})

test('a service worker that answers gets the header, and its answer is the page’s', async ({ page, site }) => {
  site.on('/worker.js', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(`
      addEventListener('activate', (event) => event.waitUntil(clients.claim()))
      addEventListener('fetch', (event) => {
        const { pathname } = new URL(event.request.url)
        if (pathname === '/api/answered') event.respondWith(new Response(event.request.headers.get('traceparent') ?? 'none'))
      })`)
  })
  await page.goto(site.origin)
  await page.evaluate(async () => {
    const controlled = new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    )
    await navigator.serviceWorker.register('/worker.js')
    await controlled
  })
  const ask = () => page.evaluate(() => window.live(async () => (await fetch('/api/answered')).text()))
  const answers: string[] = []
  for (const how of VISITS) {
    await visit(page, site, how)
    answers.push(await ask())
    await proveTraced(page, site, how)
  }
  expect(answers).toEqual(['none', expect.stringMatching(/^00-/), expect.stringMatching(/^00-/)])
  expect(headersOf(site, '/api/answered')).toEqual([])
})
