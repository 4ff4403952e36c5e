import { expect, isOrder, test } from '../support/test'

const BACKGROUND = () => fetch('/api/poll').then(() => window.axios.get('/api/poll-xhr'))

test('with ratio 0 orders are traced, and nothing else is: no span, no header', async ({ traced, site }) => {
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

  const order = await site.spans.find(isOrder('submit'), 'the order')
  expect(new Set(site.spans.all.map(({ traceId }) => traceId))).toEqual(new Set([order.traceId]))
  const headers = Object.fromEntries(site.requests.all.map(({ path, headers }) => [path, headers.traceparent]))
  expect(headers['/api/orders']).toMatch(/-01$/)
  expect(headers).toMatchObject({ '/api/poll': undefined, '/api/poll-xhr': undefined, '/api/inside': undefined })
})

test('with ratio 1 everything is traced', async ({ traced, site }) => {
  const page = await traced({ sampleRatio: 1 })
  await page.evaluate(BACKGROUND)
  await page.evaluate(() => window.tracing.flush())
  const names = site.spans.all.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['documentLoad', 'GET']))
  for (const path of ['/api/poll', '/api/poll-xhr']) {
    expect(site.requests.all.find((request) => request.path === path)?.headers.traceparent).toMatch(/-01$/)
  }
})

test('in between, a session decides once, and its next pages decide alike', async ({ browser, site }) => {
  const decisions = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const context = await browser.newContext()
      const page = await context.newPage()
      const decide = async () => {
        await page.goto(site.origin)
        return page.evaluate(async () => {
          const tracing = window.startTracing({ service: 'crm', apis: ['/api/'], sampleRatio: 0.5 })
          for (let i = 0; i < 5; i++) await fetch('/api/poll')
          return tracing.diagnostics().requests.withHeader
        })
      }
      const pages = [await decide(), await decide()]
      await context.close()
      return pages
    }),
  )
  for (const pages of decisions) expect([`0,0`, `5,5`]).toContain(pages.join())
  // By chance alone all twelve would agree once in 2,048 runs; the sessions' ids are fixed below instead of hoping.
})

test('the ratio is the share of sessions', async ({ site, browser }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(site.origin)
  const decide = (id: string) =>
    page.evaluate(
      async (session) => {
        sessionStorage.setItem('ordertrace.session', JSON.stringify({ id: session }))
        const tracing = window.startTracing({ service: 'crm', apis: ['/api/'], sampleRatio: 0.5 })
        await fetch('/api/poll')
        await tracing.stop()
        return tracing.diagnostics().requests.withHeader
      },
      id.padEnd(32, '0'),
    )
  expect(await decide('7fffffff')).toBe(1)
  expect(await decide('80000000')).toBe(0)
  await context.close()
})
