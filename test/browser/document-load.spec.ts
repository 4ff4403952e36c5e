import { expect, sentText, test } from '../support/traces-test'

const MOST_SPANS = 10

test('a page with 200 images makes at most 10 spans, the slow ones among them, and no query strings', async ({
  page,
  site,
  traces,
}) => {
  const pixel = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64')
  let asked = 0
  let answerSlow = () => {}
  site.on('/image.gif', (_request, response) => {
    response.writeHead(200, { 'content-type': 'image/gif' }).end(pixel)
    if (++asked === 200) setTimeout(() => answerSlow(), 500)
  })
  site.on('/slow.gif', (_request, response) => {
    answerSlow = () => void response.writeHead(200, { 'content-type': 'image/gif' }).end(pixel)
  })
  const images = Array.from({ length: 200 }, (_, i) => `<img src="/image.gif?token=s3cret${i}">`).join('')
  site.page(
    '/many',
    `<script src="/ordertrace.min.js" data-service="internet-shop"></script><img src="/slow.gif?token=s3cret">${images}`,
  )
  await page.goto(`${site.origin}/many?token=s3cret`)
  await page.waitForFunction(() => window.ordertrace.diagnostics().spans.made > 0)
  await page.evaluate(() => window.ordertrace.flush())

  const load = await traces.waitForSpan({ name: 'documentLoad' })
  expect(traces.spans().length).toBeLessThanOrEqual(MOST_SPANS)
  expect(load.attributes).toMatchObject({ 'ordertrace.document.resources': 202, 'url.full': `${site.origin}/many` })
  expect(traces.spans().map(({ name, parentSpanId }) => [name, parentSpanId])).toContainEqual([
    'documentFetch',
    load.spanId,
  ])
  const resources = traces.spans({ name: 'resourceFetch' })
  expect(resources.map(({ attributes }) => attributes['url.full'])).toContain(`${site.origin}/slow.gif`)
  for (const { startTime, endTime } of traces.spans()) {
    expect(startTime).toBeGreaterThanOrEqual(load.startTime)
    expect(endTime).toBeLessThanOrEqual(load.endTime)
  }
  expect(sentText(traces)).not.toContain('s3cret')
})

for (const [kind, flags, joins] of [
  ['sampled', '01', true],
  ['not sampled', '00', false],
] as const) {
  test(`the document load continues the trace of <meta name="traceparent"> where that is sampled: ${kind}`, async ({
    page,
    site,
    traces,
  }) => {
    const [traceId, parent] = ['c'.repeat(32), 'd'.repeat(16)]
    site.page(
      '/meta',
      `<meta name="traceparent" content="00-${traceId}-${parent}-${flags}"><script src="/ordertrace.min.js" data-service="crm"></script>`,
    )
    await page.goto(`${site.origin}/meta`)
    await page.waitForFunction(() => window.ordertrace.diagnostics().spans.made > 0)
    await page.evaluate(() => window.ordertrace.flush())
    const load = await traces.waitForSpan({ name: 'documentLoad' })
    expect([load.traceId === traceId, load.parentSpanId === parent]).toEqual([joins, joins])
  })
}

test('a server that samples the page decides over the session: its document load is in its trace with ratio 0', async ({
  page,
  site,
  traces,
}) => {
  const [traceId, parent] = ['c'.repeat(32), 'd'.repeat(16)]
  const tag = '<script src="/ordertrace.min.js" data-service="crm" data-sample-ratio="0"></script>'
  for (const flags of ['00', '01'])
    site.page(`/${flags}`, `<meta name="traceparent" content="00-${traceId}-${parent}-${flags}">${tag}`)
  for (const path of ['/00', '/01']) {
    await page.goto(site.origin + path)
    // The load is looked at in a timer of ours after the event.
    await page.waitForFunction(() => Symbol.for('ordertrace.document-load') in window)
    await page.evaluate(() => window.ordertrace.flush())
  }
  const load = await traces.waitForSpan({ name: 'documentLoad' })
  expect(load).toMatchObject({ traceId, parentSpanId: parent })
  expect(traces.spans({ name: 'documentLoad' })).toHaveLength(1)
})

test('a page that was complete before the SDK came has its load traced too', async ({ page, site, traces }) => {
  site.page('/late', 'late')
  await page.goto(`${site.origin}/late`)
  await page.addScriptTag({ url: '/module.js' })
  await page.evaluate(() => {
    window.tracing = window.startTracing({ service: 'crm' })
  })
  await page.waitForFunction(() => window.tracing.diagnostics().spans.made > 0)
  await page.evaluate(() => window.tracing.flush())
  await traces.waitForSpan({ name: 'documentLoad' })
})
