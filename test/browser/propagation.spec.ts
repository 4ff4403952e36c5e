import { expect, isOrder, test } from '../support/test'

test.describe('who receives traceparent', () => {
  test('exactly the listed origins and path prefixes, by whole segments', async ({ traced, site }) => {
    const page = await traced({ apis: ['/api', `${site.other}/v2/`] })
    const urls = [
      '/api',
      '/api/',
      '/api/orders?x=1',
      '/apiary',
      '/shop/api/',
      '/orders?next=/api/',
      '//',
      `${site.other}/v2`,
      `${site.other}/v2/x`,
    ]
      .concat([`${site.other}/v20`, `${site.other}/api/`, `/api/../private`, '/API/'])
      .map((path) => new URL(path === '//' ? '/' : path, site.origin).href)
    await page.evaluate(
      (all) => window.tracing.order('submit', () => Promise.allSettled(all.map((url) => fetch(url)))),
      urls,
    )

    const withHeader = site.requests.all.filter(({ headers }) => headers.traceparent)
    expect(withHeader.map(({ origin, path }) => (origin === site.other ? `other${path}` : path)).sort()).toEqual(
      ['/api', '/api/', '/api/orders?x=1', 'other/v2', 'other/v2/x'].sort(),
    )
  })

  test('an origin is not a prefix of another: a listed one with a longer port or host is not listed', async ({
    traced,
    site,
  }) => {
    const shorter = site.other.slice(0, -1)
    const page = await traced({ apis: [shorter] })
    await page.evaluate((url) => window.tracing.order('submit', () => fetch(url)), `${site.other}/api/orders`)
    const request = await site.requests.find(({ origin }) => origin === site.other, 'the request')
    expect(request.headers.traceparent).toBeUndefined()
  })

  test('nobody by default, so a same-origin request redirected to another origin still works', async ({
    traced,
    site,
  }) => {
    site.corsHeaders = 'content-type'
    const redirect = (path: string) =>
      site.on(path, (_request, response) => void response.writeHead(302, { location: `${site.other}/payment` }).end())
    redirect('/pay')
    redirect('/api/pay')
    site.on('/payment', (_request, response) => void response.end('paid'))
    const page = await traced()
    const outcome = (path: string) =>
      page.evaluate(
        (url) =>
          window.tracing.order('pay', () =>
            fetch(url).then(
              (r) => r.text(),
              () => 'refused',
            ),
          ),
        path,
      )
    // The listed path shows what the promise is about: there the browser refuses the redirect for the header's sake.
    expect(await outcome('/api/pay')).toBe('refused')
    expect(await outcome('/pay')).toBe('paid')
  })

  test('baggage goes only to the APIs that opted in', async ({ traced, site }) => {
    const page = await traced({ apis: ['/api/', { url: site.other, baggage: true }], userId: 'u-7' })
    await page.evaluate(
      (other) =>
        window.tracing.order('submit', { id: 'o-42' }, () => Promise.all([fetch('/api/a'), fetch(`${other}/api/b`)])),
      site.other,
    )
    const [a, b] = await Promise.all(
      ['/api/a', '/api/b'].map((path) => site.requests.find((r) => r.path === path && r.method === 'GET', path)),
    )
    expect(b?.headers.baggage).toBe('order_id=o-42,user_id=u-7')
    expect(a?.headers.traceparent).toBeDefined()
    expect(a?.headers.baggage).toBeUndefined()
  })

  test('the page’s own baggage is kept beside ours, by fetch and XHR', async ({ traced, site }) => {
    const page = await traced({ apis: [{ url: '/api/', baggage: true }], userId: 'u-7' })
    await page.evaluate(() =>
      window.tracing.order('submit', async () => {
        await fetch('/api/fetch', { headers: { Baggage: 'tenant=a' } })
        await window.axios.get('/api/xhr', { headers: { baggage: 'tenant=a' } })
      }),
    )
    for (const path of ['/api/fetch', '/api/xhr']) {
      const request = await site.requests.find((r) => r.path === path, path)
      expect(String(request.headers.baggage).replaceAll(' ', '')).toBe('tenant=a,user_id=u-7')
    }
  })

  test('tracestate is kept', async ({ traced, site }) => {
    const page = await traced()
    await page.evaluate(() => {
      const { otel, tracing } = window
      const remote = {
        traceId: 'a'.repeat(32),
        spanId: 'b'.repeat(16),
        traceFlags: 1,
        traceState: otel.createTraceState('vendor=x,other=y'),
      }
      const context = otel.trace.setSpanContext(otel.ROOT_CONTEXT, remote)
      return tracing.tracer.startActiveSpan('import', {}, context, async (span) => {
        await fetch('/api/models')
        span.end()
      })
    })
    const request = await site.requests.find(({ path }) => path === '/api/models', 'the request')
    expect(request.headers.traceparent).toMatch(/^00-a{32}-[\da-f]{16}-01$/)
    expect(request.headers.tracestate).toBe('vendor=x,other=y')
  })
})

test.describe('requests of an order without a header', () => {
  test('are named with the reason, in diagnostics and in debug mode in the console', async ({ traced, site, page }) => {
    const lines: string[] = []
    page.on('console', (message) => lines.push(message.text()))
    await traced({ debug: true })
    await page.evaluate(async (other) => {
      await window.tracing.order('submit', async () => {
        await fetch('/api/own', { headers: { traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01` } })
        await fetch('/elsewhere?token=secret')
        await fetch('/elsewhere?token=secret2')
        await fetch(`${other}/pixel`, { mode: 'no-cors' })
      })
      await fetch('/not-of-an-order')
    }, site.other)
    const { requests } = await page.evaluate(() => window.tracing.diagnostics())
    expect(requests.withoutHeader).toEqual([
      { method: 'GET', url: `${site.origin}/api/own`, reason: 'set-by-page', count: 1 },
      { method: 'GET', url: `${site.origin}/elsewhere`, reason: 'not-listed', count: 2 },
      { method: 'GET', url: `${site.other}/pixel`, reason: 'not-listed', count: 1 },
    ])
    expect(lines.filter((line) => line.includes('not-listed'))).toHaveLength(2)
    expect(lines.find((line) => line.includes('/elsewhere'))).toContain('add its origin')
    const own = await site.requests.find(({ path }) => path === '/api/own', 'the request with a header of its own')
    expect(own.headers.traceparent).toBe(`00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`)
  })

  test('no-cors is a reason of its own, and the request goes out as it was', async ({ traced, site }) => {
    const page = await traced({ apis: [site.other] })
    await page.evaluate(
      (other) => window.tracing.order('submit', () => fetch(`${other}/pixel`, { mode: 'no-cors' })),
      site.other,
    )
    const { requests } = await page.evaluate(() => window.tracing.diagnostics())
    expect(requests.withoutHeader).toMatchObject([{ reason: 'no-cors' }])
    expect(site.requests.all.filter(({ path }) => path === '/pixel')).toMatchObject([{ method: 'GET' }])
    await site.spans.find(isOrder('submit'), 'the span of the order')
  })
})
