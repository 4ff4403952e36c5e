import type { Page } from '@playwright/test'
import type { Site } from '../support/site'
import { expect, test } from '../support/traces-test'

/** A page that traces an order to `api`, and how to set it off: each of the ways in that the README shows. */
const WAYS: Record<string, (site: Site, page: Page, api: string) => Promise<void>> = {
  async 'ES module'(site, page, api) {
    await page.goto(site.origin)
    await page.evaluate(async (url) => {
      const apis = [new URL(url).origin === location.origin ? '/api/' : new URL(url).origin]
      const tracing = window.startTracing({ service: 'mes-ui', apis, userId: 'u-7' })
      await tracing.order('submit', { id: 'o-42' }, () => fetch(url, { method: 'POST', body: '{}' }))
    }, api)
  },
  async 'script tag'(site, page, api) {
    site.page('/script', `${scriptTag(site, api)}<script>${pageCode('ordertrace', api)}</script>`)
    await page.goto(`${site.origin}/script`)
    await page.evaluate(() => (window as unknown as { submit(): Promise<void> }).submit())
  },
  async 'data-order-step'(site, page, api) {
    site.page(
      '/form',
      `${scriptTag(site, api)}<form data-order-step="submit" data-order-id="o-42"><button>Order</button></form>
       <script>document.forms[0].onsubmit = (event) => { event.preventDefault(); fetch('${api}', { method: 'POST', body: '{}' }) }</script>`,
    )
    await page.goto(`${site.origin}/form`)
    await page.getByRole('button', { name: 'Order' }).click()
  },
}

const scriptTag = (site: Site, api: string) => {
  const apis = api.startsWith(site.origin) ? '/api/' : new URL(api).origin
  return `<script src="/ordertrace.min.js" data-service="mes-ui" data-apis="${apis}" data-user-id="u-7"></script>`
}
const pageCode = (global: string, api: string) =>
  `window.submit = () => ${global}.order('submit', { id: 'o-42' }, () => fetch('${api}', { method: 'POST', body: '{}' }))`

for (const [way, trace] of Object.entries(WAYS)) {
  for (const where of ['same origin', 'other origin'] as const) {
    test(`${way}, ${where}: the API receives the traceparent of the span that the collector receives`, async ({
      site,
      page,
      traces,
    }) => {
      const api = `${where === 'same origin' ? site.origin : site.other}/api/orders`
      await trace(site, page, api)

      const order = await traces.waitForSpan({ name: 'order.submit' })
      const request = await traces.waitForSpan({ name: 'POST' })
      const received = await site.requests.find(
        ({ method, path }) => method === 'POST' && path === '/api/orders',
        'the request',
      )

      await expect(traces.request('POST', '/api/orders')).toCarryTraceparent({ of: traces.order('o-42') })
      // Byte by byte: https://www.w3.org/TR/trace-context/#traceparent-header
      const sent = received.rawHeaders.filter(
        (_, index) => received.rawHeaders[index & ~1]?.toLowerCase() === 'traceparent',
      )
      expect(sent).toEqual(['traceparent', `00-${order.traceId}-${request.spanId}-01`])
      expect(sent[1]).toMatch(/^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-01$/)
      expect(received.headers).not.toHaveProperty('tracestate')
      expect(received.headers).not.toHaveProperty('baggage')

      expect(order).toMatchObject({
        service: 'mes-ui',
        kind: 'internal',
        parentSpanId: undefined,
        status: { code: 'unset' },
      })
      expect(request).toMatchObject({
        service: 'mes-ui',
        kind: 'client',
        parentSpanId: order.spanId,
        status: { code: 'unset' },
      })
      expect(request.traceId).toBe(order.traceId)
      expect(order.attributes).toMatchObject({
        'order.step': 'submit',
        'order.outcome': 'confirmed',
        order_id: 'o-42',
        user_id: 'u-7',
      })
      expect(request.attributes).toMatchObject({
        'http.request.method': 'POST',
        'http.response.status_code': 200,
        'url.full': api,
        'server.address': '127.0.0.1',
        'server.port': Number(new URL(api).port),
        order_id: 'o-42',
        user_id: 'u-7',
      })
      expect(request.startTime).toBeGreaterThanOrEqual(order.startTime)
      expect(request.endTime).toBeLessThanOrEqual(order.endTime)
    })
  }
}
