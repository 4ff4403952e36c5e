import type { Page } from '@playwright/test'
import { expect, test } from '../support/traces-test'

test.use({ ordertrace: { collector: ['*/v1/traces', '*/otlp'], passOn: true } })

const TRACED = '<title>shop</title><script src="/ordertrace.min.js" data-service="shop" data-apis="/api/"></script>'
const span = (name: string) =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: 'a'.repeat(32),
                spanId: Buffer.from(name).toString('hex').padEnd(16, '0').slice(0, 16),
                name,
                kind: 1,
                attributes: [],
                startTimeUnixNano: '1',
                endTimeUnixNano: '1',
              },
            ],
          },
        ],
      },
    ],
  })
/** Sends it, and resolves with the status of the answer; 0: there was none. */
const send = (page: Page, body: string, path = '/v1/traces') =>
  page.evaluate(
    ([path, body]) =>
      fetch(path, { method: 'POST', body }).then(
        ({ status }) => status,
        () => 0,
      ),
    [path, body] as const,
  )

test('several collectors at once: each gets what it was sent, and its answer goes to the page', async ({
  page,
  site,
  traces,
}) => {
  site.on('/otlp', (_, response) => void response.writeHead(202, { 'content-type': 'application/json' }).end('{}'))
  await page.goto(site.origin)
  expect(await send(page, span('first'))).toBe(200)
  expect(await send(page, span('second'), '/otlp')).toBe(202)
  for (const name of ['first', 'second']) await expect(traces).toHaveSpan({ name })
  expect(site.exports.all.map(({ body }) => body)).toEqual([span('first')])
  expect(site.requests.all.find(({ path }) => path === '/otlp')?.body).toBe(span('second'))
  expect(traces.deliveries.map(({ status }) => status)).toEqual([200, 202])
})

const REFUSALS = { 'answers 503': { status: 503 }, 'resets the connection': 'reset' } as const
for (const [name, refuse] of Object.entries(REFUSALS)) {
  test(`what comes again since the pages’ collector ${name} came once`, async ({ page, site, traces }) => {
    site.collector.answer = refuse
    await page.goto(site.origin)
    const refused = await send(page, span('checkout'))
    site.collector.answer = undefined
    expect(await send(page, span('checkout'))).toBe(200)
    await expect(traces).toBeUnbroken()
    expect(traces.deliveries.map(({ status }) => status)).toEqual([refused, 200])
  })
}

test('what the pages’ collector refused and nobody sent again has come all the same', async ({
  page,
  site,
  traces,
}) => {
  site.page('/', TRACED)
  site.collector.answer = { status: 503 }
  await page.goto(site.origin)
  await page.evaluate(() => window.ordertrace.order('submit', { id: 'o-1' }, () => {}))
  await expect(traces).toHaveOrder('o-1', { outcome: 'confirmed' })
  await expect.poll(() => traces.deliveries[0]?.status).toBe(503)
})

test('a span that was taken and comes once more came twice', async ({ page, site, traces }) => {
  await page.goto(site.origin)
  for (let times = 0; times < 2; times++) await send(page, span('checkout'))
  await expect(traces).not.toBeUnbroken()
  expect(traces.spans()).toHaveLength(2)
})

test('a route of the page’s own for the collector is asked first, and may hand on too', async ({
  page,
  site,
  traces,
}) => {
  const routed: string[] = []
  await page.route('**/v1/traces', (route) => {
    routed.push(route.request().method())
    return route.continue()
  })
  await page.goto(site.origin)
  expect(await send(page, span('checkout'))).toBe(200)
  expect(routed).toEqual(['POST'])
  await expect(traces).toHaveSpan({ name: 'checkout' })
})

test('what the test answers does not reach the pages’ own collector', async ({ page, site, traces }) => {
  await page.goto(site.origin)
  traces.answer = { status: 503 }
  expect(await send(page, span('checkout'))).toBe(503)
  expect(site.exports.all).toEqual([])
  traces.answer = undefined
  expect(await send(page, span('checkout'))).toBe(200)
  expect(site.exports.all).toHaveLength(1)
  expect(traces.deliveries.map(({ status, refused }) => [status, refused])).toEqual([
    [503, true],
    [200, false],
  ])
})
