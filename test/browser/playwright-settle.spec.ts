import { expect, messageOf, plainOpenTelemetry, test } from '../support/traces-test'

test.use({ ordertrace: { batchMs: 2_000 } })

const span = (id: string, attributes: object[] = []) =>
  JSON.stringify({
    resourceSpans: [
      {
        scopeSpans: [
          { spans: [{ traceId: 'a'.repeat(32), spanId: id.padStart(16, '0'), name: id, kind: 1, attributes }] },
        ],
      },
    ],
  })
const leak = [{ key: 'mail', value: { stringValue: 'anna@shop.example' } }]

test('a leak in a second batch, a second later, of a page that cannot be told to send it', async ({
  page,
  site,
  traces,
}) => {
  await page.goto(site.origin)
  await page.evaluate(
    ([first, second]) => {
      const send = (body: string | undefined) => fetch('/v1/traces', { method: 'POST', body: String(body) })
      void send(first)
      setTimeout(() => send(second), 1_000)
    },
    [span('1'), span('2', leak)],
  )
  await traces.waitForSpan({ name: '1' })
  expect(await messageOf(expect(traces).toHaveNoPersonalData())).toContain('an e-mail address in attribute mail')
})

test('a page with window.ordertrace is let send what waits, at once', async ({ page, site, traces }) => {
  site.page('/', '<title>shop</title><script src="/ordertrace.min.js" data-service="shop"></script>')
  await page.goto(site.origin)
  await page.evaluate(async () => {
    await window.ordertrace.order('submit', { id: 'o-1' }, () => {})
    await window.ordertrace.flush()
    window.ordertrace.tracer.startSpan('waits five seconds').end()
  })
  expect(traces.spans({ name: 'waits five seconds' })).toEqual([])
  const began = Date.now()
  await traces.settle()
  expect(Date.now() - began).toBeLessThan(2_000)
  await expect(traces).toHaveSpan({ name: 'waits five seconds' }, { timeout: 1 })
})

test('OpenTelemetry’s batches are let go too, and the page’s own listeners hear nothing of it', async ({
  page,
  site,
  traces,
}) => {
  const script = await plainOpenTelemetry()
  site.on('/plain.js', (_, response) => void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script))
  site.page('/', '<title>shop</title><script src="/plain.js"></script>')
  await page.goto(site.origin)
  await page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    for (const target of [window, document.documentElement])
      for (const type of ['pagehide', 'visibilitychange', 'blur', 'freeze'])
        target.addEventListener(type, () => heard.push(type), true)
    window
      .startPlain('/v1/traces')
      .tracer.startSpan('checkout', { attributes: { mail: 'anna@shop.example' } })
      .end()
  })
  expect(await messageOf(expect(traces).toHaveNoPersonalData({ timeout: 1_900 }))).toContain('in attribute mail')
  expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([])
})

test('a page whose collector does not answer is waited for no longer than one that cannot be told', async ({
  page,
  site,
  traces,
}) => {
  await page.goto(site.origin)
  await page.evaluate(() => {
    const ordertrace = { flush: () => new Promise(() => {}), diagnostics: () => ({}) }
    Object.assign(window, { ordertrace })
  })
  const began = Date.now()
  await traces.settle()
  expect(Date.now() - began).toBeGreaterThanOrEqual(1_900)
})
