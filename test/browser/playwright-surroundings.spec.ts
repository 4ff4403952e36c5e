import type { Page } from '@playwright/test'
import { createCollector } from '../../src/collector'
import { expect, messageOf, plainOpenTelemetry, test } from '../support/traces-test'

const TRACEPARENT = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
const span = JSON.stringify({
  resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'checkout' }] }] }],
})

test('a policy that does not list the collector keeps spans from it, and the fixture does not hide that', async ({
  page,
  site,
  traces,
}) => {
  const collector = await createCollector()
  const open = async (sources: string) => {
    site.on('/strict', (_, response) => {
      const headers = { 'content-type': 'text/html', 'content-security-policy': `connect-src ${sources}` }
      response.writeHead(200, headers).end('<!doctype html><title>shop</title>')
    })
    await page.goto(`${site.origin}/strict`)
    return page.evaluate(
      ([url, body]) =>
        fetch(url, { method: 'POST', body }).then(
          ({ status }) => status,
          () => 'refused',
        ),
      [collector.url, span] as const,
    )
  }
  expect(await open("'self'")).toBe('refused')
  expect(await messageOf(expect(traces).toHaveSpan({ name: 'checkout' }, { timeout: 1 }))).toContain(
    'Nothing reached the collector.',
  )
  expect(await open(`'self' ${new URL(collector.url).origin}`)).toBe(200)
  await expect(traces).toHaveSpan({ name: 'checkout' })
  expect(collector.deliveries).toEqual([])
  await collector.close()
})

test('what workers and service workers ask of an API is looked at like what the page asks', async ({
  page,
  site,
  traces,
}) => {
  const script = (path: string, text: string) =>
    site.on(path, (_, response) => void response.writeHead(200, { 'content-type': 'text/javascript' }).end(text))
  const ask = (path: string) => `fetch('/api/${path}', { headers: { traceparent: '${TRACEPARENT}' } })`
  script('/worker.js', `${ask('worker')}; fetch('/api/bare')`)
  script('/service-worker.js', `addEventListener('message', () => ${ask('service-worker')})`)
  await page.goto(site.origin)
  await page.evaluate(async () => {
    new Worker('/worker.js')
    await navigator.serviceWorker.register('/service-worker.js')
    ;(await navigator.serviceWorker.ready).active?.postMessage('go')
  })
  await expect(traces.request('GET', '/api/worker')).toCarryTraceparent({ timeout: 2_000 })
  await expect(traces.request('GET', '/api/service-worker')).toCarryTraceparent({ timeout: 2_000 })
  await expect(traces.request('GET', '/api/bare')).not.toCarryTraceparent({ timeout: 2_000 })
  expect(traces.request('GET', '/api/service-worker').all()[0]?.byServiceWorker).toBe(true)
})

const LEAVE: Record<string, (page: Page, origin: string) => Promise<unknown>> = {
  'a navigation': (page, origin) => page.goto(`${origin}/next`),
  'the tab being closed': (page) => page.close(),
}
for (const [name, leave] of Object.entries(LEAVE)) {
  test(`a trace of plain OpenTelemetry that leaves on ${name} is whole`, async ({ page, site, traces }) => {
    const script = await plainOpenTelemetry()
    site.on(
      '/plain.js',
      (_, response) => void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script),
    )
    site.page('/', '<title>shop</title><script src="/plain.js"></script>')
    site.page('/next', '<title>plain</title>')
    await page.goto(site.origin)
    await page.evaluate(() => {
      const { tracer } = window.startPlain('/v1/traces')
      tracer.startSpan('checkout', { attributes: { order_id: 'o-7' } }).end()
    })
    expect(traces.spans({ name: 'checkout' })).toEqual([])
    await leave(page, site.origin)
    await expect(traces).toHaveSpan({ name: 'checkout', orderId: 'o-7' })
    await expect(traces.order('o-7')).toBeUnbroken({ timeout: 1_000 })
  })
}
