import { expect, test } from '../support/traces-test'

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
    page,
    site,
  }) => {
    site.corsHeaders = 'content-type'
    site.on(
      '/api/pay',
      (_request, response) => void response.writeHead(302, { location: `${site.other}/payment` }).end(),
    )
    site.on('/payment', (_request, response) => void response.end('paid'))
    const pay = async (apis: string[] | undefined) => {
      await page.goto(site.origin)
      return page.evaluate((given) => {
        const tracing = window.startTracing({ service: 'crm', ...(given && { apis: given }) })
        const text = (response: Response) => response.text()
        return tracing.order('pay', () => fetch('/api/pay').then(text, () => 'refused'))
      }, apis)
    }
    // The listed path shows what the promise is about: there the browser refuses the redirect for the header's sake.
    expect(await pay(['/api/'])).toBe('refused')
    expect(await pay(undefined)).toBe('paid')
    expect(
      site.requests.all.filter(({ path }) => path === '/payment').map(({ headers }) => headers.traceparent),
    ).toEqual([undefined])
  })

  test('baggage goes only to the APIs that opted in', async ({ traced, site, traces }) => {
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
    await expect(traces.request('GET', '/api/b')).toCarryBaggage({ order_id: 'o-42', user_id: 'u-7' })
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
    expect(lines.find((line) => line.includes('/elsewhere'))).toContain('add it to the option')
    const own = await site.requests.find(({ path }) => path === '/api/own', 'the request with a header of its own')
    expect(own.headers.traceparent).toBe(`00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`)
  })

  test('no-cors is a reason of its own, and the request goes out as it was', async ({ traced, site, traces }) => {
    const page = await traced({ apis: [site.other] })
    await page.evaluate(
      (other) => window.tracing.order('submit', () => fetch(`${other}/pixel`, { mode: 'no-cors' })),
      site.other,
    )
    const { requests } = await page.evaluate(() => window.tracing.diagnostics())
    expect(requests.withoutHeader).toMatchObject([{ reason: 'no-cors' }])
    expect(site.requests.all.filter(({ path }) => path === '/pixel')).toMatchObject([{ method: 'GET' }])
    await traces.waitForSpan({ name: 'order.submit' })
  })
})

test.describe('the page’s own headers', () => {
  const headersOf = async (site: import('../support/site').Site, path: string) =>
    (await site.requests.find((request) => request.path === path, path)).headers

  test('survive a wrapper of another library’s that was there before us', async ({ page, site }) => {
    await page.goto(site.origin)
    await page.evaluate(async () => {
      const native = window.fetch
      window.fetch = (url, init) => {
        if (typeof url !== 'string' || !url.startsWith('/api/')) throw new TypeError('the wrapper wants text')
        return native(url, { ...init, headers: { ...(init?.headers as object), Authorization: 'Bearer x' } })
      }
      const tracing = window.startTracing({ service: 'crm', apis: ['/api/'] })
      const init = { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Own': '1' }, body: '{}' }
      await tracing.order('submit', () => fetch('/api/wrapped', Object.freeze(init)))
    })
    expect(await headersOf(site, '/api/wrapped')).toMatchObject({
      authorization: 'Bearer x',
      'content-type': 'application/json',
      'x-own': '1',
      traceparent: expect.stringMatching(/-01$/),
    })
  })

  const SHAPES: Record<string, string> = {
    record: `{ 'X-Own': '1' }`,
    list: `[['X-Own', '1']]`,
    Headers: `new Headers({ 'X-Own': '1' })`,
    'an iterator': `new Map([['X-Own', '1']]).entries()`,
    'a generator': `(function* () { yield ['X-Own', '1'] })()`,
  }
  for (const [shape, source] of Object.entries(SHAPES)) {
    test(`survive as ${shape}`, async ({ traced, site }) => {
      const page = await traced()
      await page.evaluate(`(async () => {
        await tracing.order('submit', () => fetch('/api/shape', { headers: ${source} }))
        await fetch('/plain', { headers: ${source} })
      })()`)
      expect(await headersOf(site, '/api/shape')).toMatchObject({ 'x-own': '1', traceparent: expect.any(String) })
      expect((await headersOf(site, '/plain'))['x-own']).toBe('1')
    })
  }

  test('survive in an init that is no plain object', async ({ traced, site }) => {
    const page = await traced()
    await page.evaluate(async () => {
      class Init {
        get method() {
          return 'PUT'
        }
        get headers() {
          return { 'X-Own': '1' }
        }
      }
      await window.tracing.order('submit', () => fetch('/api/class', new Init()))
      await window.tracing.order('submit', () =>
        fetch('/api/request', new Request('/x', { headers: { 'X-Own': '1' } })),
      )
    })
    for (const path of ['/api/class', '/api/request']) {
      expect(await headersOf(site, path)).toMatchObject({ 'x-own': '1', traceparent: expect.any(String) })
    }
  })

  test('a request by an anchor element or a URL of another frame’s is traced as by its address', async ({
    traced,
    site,
  }) => {
    const page = await traced()
    await page.evaluate(async () => {
      const anchor = Object.assign(document.createElement('a'), { href: '/api/anchor' })
      const frame = document.body.appendChild(document.createElement('iframe'))
      const FrameURL = (frame.contentWindow as unknown as typeof window).URL
      await window.tracing.order('submit', async () => {
        await fetch(anchor as unknown as string)
        await fetch(new FrameURL('/api/frame', location.href))
      })
    })
    for (const path of ['/api/anchor', '/api/frame']) expect((await headersOf(site, path)).traceparent).toBeDefined()
  })
})
