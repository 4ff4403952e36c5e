import { readFile } from 'node:fs/promises'
import { root } from '../support/bundle'
import { expect, test } from '../support/traces-test'

for (const order of ['before', 'after'] as const) {
  test(`on a page with zone.js, loaded ${order} us, requests end and are delivered`, async ({ page, site, traces }) => {
    const zone = await readFile(new URL('node_modules/zone.js/bundles/zone.umd.js', root))
    site.on(
      '/zone.js',
      (_request, response) => void response.writeHead(200, { 'content-type': 'text/javascript' }).end(zone),
    )
    const scripts = [
      '<script src="/zone.js"></script>',
      '<script src="/ordertrace.min.js" data-service="crm" data-apis="/api/"></script>',
    ]
    site.page('/zone', (order === 'before' ? scripts : scripts.reverse()).join(''))
    await page.goto(`${site.origin}/zone`)
    const unhandled = await page.evaluate(async () => {
      const seen: string[] = []
      addEventListener('unhandledrejection', (event) => {
        event.preventDefault()
        seen.push(String((event.reason as Error)?.name))
      })
      await window.ordertrace.order('submit', () => fetch('/api/orders', { method: 'POST' }))
      await fetch('/api/other').then((response) => response.text())
      await fetch('http://127.0.0.1:1/').catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, 50))
      return seen
    })
    const submit = await traces.waitForSpan({ name: 'order.submit' })
    const request = await traces.waitForSpan({ name: 'POST' })
    expect(request).toMatchObject({ parentSpanId: submit.spanId, attributes: { 'http.response.status_code': 200 } })
    expect(request.attributes).not.toHaveProperty('ordertrace.interrupted')
    expect(unhandled).toEqual([])
  })
}
