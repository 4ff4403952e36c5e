import { expect, test } from '../support/traces-test'

const BACKGROUND = () => fetch('/api/poll').then(() => window.axios.get('/api/poll-xhr'))

test('with ratio 0 orders are traced, and nothing else is: no span, no header', async ({ traced, site, traces }) => {
  const page = await traced({ sampleRatio: 0 })
  await page.evaluate(BACKGROUND)
  await page.evaluate(() =>
    window.tracing.tracer.startActiveSpan('background', async (span) => {
      await fetch('/api/inside')
      span.end()
    }),
  )
  await page.evaluate(() => window.tracing.order('submit', () => fetch('/api/orders')))
  await page.evaluate(() => window.tracing.flush())

  const order = await traces.waitForSpan({ name: 'order.submit' })
  expect(new Set(traces.spans().map(({ traceId }) => traceId))).toEqual(new Set([order.traceId]))
  const headers = Object.fromEntries(site.requests.all.map(({ path, headers }) => [path, headers.traceparent]))
  expect(headers['/api/orders']).toMatch(/-01$/)
  expect(headers).toMatchObject({ '/api/poll': undefined, '/api/poll-xhr': undefined, '/api/inside': undefined })
})

test('what other instrumentations keep out by suppressTracing carries no header of a span that nobody records', async ({
  page,
  site,
}) => {
  await page.goto(site.origin)
  await page.evaluate(async () => {
    const { otel, startTracing } = window
    const tracing = startTracing({ service: 'crm', apis: ['/api/'], registerGlobally: true })
    // What `suppressTracing` of `@opentelemetry/core` does.
    const suppressed = otel.createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING')
    await tracing.order('submit', async () => {
      const context = otel.context.active().setValue(suppressed, true)
      await otel.context.with(context, () => fetch('/api/suppressed'))
      await fetch('/api/orders')
    })
    await tracing.flush()
  })
  const headers = Object.fromEntries(site.requests.all.map(({ path, headers }) => [path, headers.traceparent]))
  expect(headers['/api/orders']).toMatch(/-01$/)
  expect(headers).toHaveProperty('/api/suppressed', undefined)
})

test('with ratio 1 everything is traced', async ({ traced, site, traces }) => {
  const page = await traced({ sampleRatio: 1 })
  await page.evaluate(BACKGROUND)
  await page.evaluate(() => window.tracing.flush())
  const names = traces.spans().map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['documentLoad', 'GET']))
  for (const path of ['/api/poll', '/api/poll-xhr']) {
    expect(site.requests.all.find((request) => request.path === path)?.headers.traceparent).toMatch(/-01$/)
  }
})

test('the ratio is the share of sessions; a session decides once, and its next pages decide alike', async ({
  site,
  page,
}) => {
  const countHeaders = async (session?: string) => {
    await page.goto(site.origin)
    return page.evaluate(
      async (id) => {
        if (id) sessionStorage.setItem('ordertrace.session', JSON.stringify({ id }))
        const tracing = window.startTracing({ service: 'crm', apis: ['/api/'], sampleRatio: 0.5 })
        for (let i = 0; i < 3; i++) await fetch('/api/poll')
        return tracing.diagnostics().requests.withHeader
      },
      session?.padEnd(32, '0'),
    )
  }
  expect(await countHeaders('7fffffff')).toBe(3)
  expect(await countHeaders()).toBe(3)
  expect(await countHeaders('80000000')).toBe(0)
  expect(await countHeaders()).toBe(0)
})
