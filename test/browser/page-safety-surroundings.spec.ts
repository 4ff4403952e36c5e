import type { Page } from '@playwright/test'
import { compare, compareVisits, proveTraced, VISITS, visit } from '../support/compare'
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
  const requests = site.spans.all.filter(({ traceId, kind }) => traceId === order.traceId && kind === 'client')
  expect(requests).toHaveLength(1)
  expect(headersOf(site, '/api/twice')[0]?.rawHeaders.filter((name) => name === 'traceparent')).toHaveLength(1)
})

test('the page notices nothing: document.write over the page itself, and what it took from us comes back', async ({
  page,
  site,
}) => {
  site.page('/other', 'other')
  const seen = await compare(page, site, async () => {
    const told: string[] = []
    const gone = () => told.push('of before')
    addEventListener('click', gone)
    document.open()
    document.write(
      '<title>written</title><button data-order-step="confirm">Confirm</button><script>window.ran = 1</' + 'script>',
    )
    document.close()
    addEventListener('click', () => told.push('of after'))
    const button = document.querySelector('button')
    button?.click()
    await fetch('/api/a')
    return [document.title, told, (window as unknown as { ran: number }).ran, document.body.childElementCount]
  })
  expect(seen).toEqual(['written', ['of after'], 1, 2])
  await visit(page, site, 'traced')
  await page.evaluate(() => {
    document.open()
    document.write('<button data-order-step="confirm">Confirm</button>')
    document.close()
    window.tracing.startOrder('left', { id: 'o-1' })
  })
  await page.getByRole('button').click()
  await page.goto(`${site.origin}/other`)
  expect((await site.spans.find(isOrder('left'), 'the order')).attributes['order.reason']).toBe('page-left')
  await site.spans.find(isOrder('confirm'), 'the order by the markup')
})

test('the page notices nothing: printing', async ({ page, site }) => {
  const seen = await compareVisits(page, site, async () => {
    await page.evaluate(() => {
      const printed: unknown[] = []
      for (const type of ['beforeprint', 'afterprint'])
        addEventListener(type, (event) => printed.push([event.type, document.title, window.event === event]))
      matchMedia('print').addEventListener('change', ({ matches }) => printed.push(['print', matches]))
      Object.assign(window, { printed })
      return window.live(() => void fetch('/api/a'))
    })
    const pages = (await page.pdf()).toString('latin1').match(/\/Type\s*\/Page\b/g)
    // That the medium is the screen again is told with the next frame, before its callbacks.
    const printed = await page.evaluate(async () => {
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
      return (window as unknown as { printed: unknown }).printed
    })
    return [pages?.length, printed]
  })
  expect(seen[0]).toBe(1)
  expect(JSON.stringify(seen[1])).toMatch(/beforeprint.*afterprint/)
})

test('the page notices nothing: an iframe per product, with tracing of its own in each', async ({ page, site }) => {
  site.page(
    '/product',
    '<title>product</title><script src="/ordertrace.min.js" data-service="product" data-apis="/api/"></script>',
  )
  const seen = await compare(page, site, async () => {
    const frames = await Promise.all(
      [1, 2, 3].map(async (each) => {
        const frame = Object.assign(document.createElement('iframe'), { src: `/product?${each}` })
        const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
        document.body.append(frame)
        await loaded
        const inner = frame.contentWindow as Window & typeof globalThis
        const status = await inner.ordertrace.order('take', { id: `o-${each}` }, async () => {
          await inner.fetch('/api/product')
          return (await inner.fetch(`/api/product?${each}`)).status
        })
        await inner.ordertrace.flush()
        return [inner.document.title, status, inner.Promise !== Promise, inner.ordertrace.diagnostics().failures]
      }),
    )
    return frames
  })
  expect(seen).toEqual(Array(3).fill(['product', 200, true, {}]))
  const orders = site.spans.all.filter(isOrder('take'))
  expect(orders).toHaveLength(9)
  for (const each of [1, 2, 3]) {
    const sent = site.requests.all.filter(({ path }) => path === `/api/product?${each}`)
    const traces = orders.filter(({ attributes }) => attributes.order_id === `o-${each}`).map(({ traceId }) => traceId)
    expect(sent.map(({ headers }) => String(headers.traceparent).split('-')[1]).sort()).toEqual(traces.sort())
  }
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
