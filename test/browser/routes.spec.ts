import { expect, sentText, test } from '../support/traces-test'

for (const api of ['the Navigation API', 'history alone'] as const) {
  test(`a change of route is a span with the template, not the path: by ${api}`, async ({ page, site, traces }) => {
    if (api === 'history alone') {
      await page.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }))
    }
    await page.goto(site.origin)
    const isPatched = await page.evaluate(async () => {
      const { pushState } = History.prototype
      const tracing = window.startTracing({ service: 'crm', routes: ['/orders/:order', '/orders/:order/model'] })
      history.pushState(null, '', '/orders/o-42?token=s3cret')
      history.replaceState(null, '', '/orders/o-42?token=s3cret2')
      history.pushState(null, '', '/orders/o-42/model#fr4gment')
      history.pushState(null, '', '/customers/7001234567/anna@shop.example/about')
      const wentBack = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }))
      history.back()
      await wentBack
      await tracing.flush()
      return History.prototype.pushState !== pushState
    })
    expect(isPatched).toBe(api === 'history alone')
    const spans = traces.spans().filter(({ name }) => name.startsWith('route '))
    expect(spans.map(({ name }) => name)).toEqual([
      'route /orders/:order',
      'route /orders/:order/model',
      'route /customers/:id/:id/about',
      'route /orders/:order/model',
    ])
    expect(spans[0]?.attributes['url.template']).toBe('/orders/:order')
    const left = sentText(traces)
    for (const secret of ['s3cret', 'fr4gment', 'anna@', 'o-42', '7001234567']) expect(left).not.toContain(secret)
  })
}

test('routes: false traces none, and leaves history alone where that would tell', async ({ page, site, traces }) => {
  await page.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }))
  await page.goto(site.origin)
  const isPatched = await page.evaluate(async () => {
    const { pushState } = History.prototype
    const tracing = window.startTracing({ service: 'crm', routes: false })
    history.pushState(null, '', '/orders/o-42')
    tracing.tracer.startSpan('marker').end()
    await tracing.flush()
    return History.prototype.pushState !== pushState
  })
  expect(isPatched).toBe(false)
  expect(traces.spans().map(({ name }) => name)).toContain('marker')
  expect(traces.spans().filter(({ name }) => name.startsWith('route '))).toEqual([])
})
