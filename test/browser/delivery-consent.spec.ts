import type { Page } from '@playwright/test'
import type { Site } from '../support/site'
import { expect, isOrder, test } from '../support/test'

const order = (page: Page, step: string) =>
  page.evaluate(
    (step) =>
      window.tracing.order(step, { id: 'o-1' }, async (order) => {
        await fetch('/api/orders', { method: 'POST' })
        return order.headers()
      }),
    step,
  )
/** What of ours stands in the browser. */
const stored = (page: Page) =>
  page.evaluate(() =>
    [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => /ordertrace/.test(key)),
  )
const headers = (site: Site) =>
  site.requests.all.filter(({ path }) => path === '/api/orders').map(({ headers }) => typeof headers.traceparent)

test('until the user agrees nothing is sent, nothing is stored and no request has a header; then what waited arrives', async ({
  page,
  traced,
  site,
}) => {
  await traced({ consent: 'pending', userId: 'u-7' })
  expect(await order(page, 'before')).toEqual({})
  await page.evaluate(() => window.tracing.flush())
  expect(site.exports.all).toEqual([])
  expect(await stored(page)).toEqual([])
  expect(headers(site)).toEqual(['undefined'])
  const { spans, requests } = await page.evaluate(() => window.tracing.diagnostics())
  expect(spans.waiting).toBeGreaterThanOrEqual(2)
  expect(requests.withoutHeader).toEqual([expect.objectContaining({ reason: 'no-consent', count: 1 })])

  await page.evaluate(() => window.tracing.setConsent(true))
  const before = await site.spans.find(isOrder('before'), 'the order that waited')
  expect(before.attributes).toMatchObject({ order_id: 'o-1', user_id: 'u-7' })
  expect(await order(page, 'after')).toHaveProperty('traceparent')
  await site.spans.find(isOrder('after'), 'the order after')
  expect(headers(site)).toEqual(['undefined', 'string'])
  expect(await stored(page)).toContain('ordertrace.session')
})

test('a page that goes away before the user has agreed takes its spans with it', async ({ page, traced, site }) => {
  const leave = async (consent: 'pending' | 'granted') => {
    await traced({ consent })
    await order(page, consent)
    await page.goto(`${site.origin}/api/elsewhere`)
  }
  await leave('granted')
  await site.spans.find(isOrder('granted'), 'the order of a page that need not ask')
  const seen = site.exports.all.length
  await leave('pending')
  await page.goto(site.origin)
  await page.evaluate(() => {
    window.tracing = window.startTracing({ service: 'internet-shop' })
    return window.tracing.flush()
  })
  expect(site.exports.all.length).toBeGreaterThanOrEqual(seen)
  expect(site.spans.all.filter(isOrder('pending'))).toEqual([])
})

test('a user who does not agree: what waits and what was stored is gone, and nothing more is traced until they do', async ({
  page,
  traced,
  site,
}) => {
  await traced()
  await order(page, 'earlier')
  await site.spans.find(isOrder('earlier'), 'an order of the time before')
  await page.evaluate(() => localStorage.setItem('ordertrace.outbox.1.000.x', 'of an earlier page'))
  expect(await stored(page)).toContain('ordertrace.session')

  await traced({ consent: 'pending' })
  await order(page, 'waiting')
  await page.evaluate(() => window.tracing.setConsent(false))
  expect(await stored(page)).toEqual([])
  await order(page, 'refused')
  await page.evaluate(() => window.tracing.flush())
  const { spans } = await page.evaluate(() => window.tracing.diagnostics())
  expect(spans.waiting).toBe(0)
  expect(spans.dropped['no-consent']).toBe(spans.made)

  await page.evaluate(() => window.tracing.setConsent(true))
  await order(page, 'agreed')
  await site.spans.find(isOrder('agreed'), 'the order after the user agreed')
  expect(site.spans.all.filter((span) => isOrder('waiting')(span) || isOrder('refused')(span))).toEqual([])
  expect(headers(site)).toEqual(['string', 'undefined', 'undefined', 'string'])
})

test('the session of the tab goes on when the user agrees again on the next page, and another user has another', async ({
  page,
  traced,
  site,
}) => {
  const sessionOf = async (step: string, userId: string) => {
    await traced({ consent: 'pending', userId })
    await page.evaluate(() => window.tracing.setConsent(true))
    await order(page, step)
    return (await site.spans.find(isOrder(step), step)).attributes['session.id']
  }
  const first = await sessionOf('first', 'u-1')
  expect(await sessionOf('second', 'u-1')).toBe(first)
  expect(await sessionOf('third', 'u-2')).not.toBe(first)
})

test('wrong words: one message, and nothing is changed', async ({ page, traced, site }) => {
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  await traced({ consent: 'pending' })
  await page.evaluate(() => window.tracing.setConsent('yes' as never))
  expect(said.filter((line) => line.includes('setConsent was given string; give a boolean'))).toHaveLength(1)
  await order(page, 'waiting')
  await page.evaluate(() => window.tracing.flush())
  expect(site.exports.all).toEqual([])
})

test('by script tag: data-consent, and an answer that came before the file', async ({ page, site, files }) => {
  const stub = `<script>${files.stub}</script>`
  const script =
    '<script async src="/ordertrace.min.js" data-service="mes-ui" data-apis="/api/" data-consent="pending"></script>'
  site.page('/asks', stub + script)
  site.page('/has-asked', `${stub}<script>ordertrace.setConsent(true)</script>${script}`)
  const submit = (path: string) =>
    page.goto(site.origin + path).then(() =>
      page.evaluate(async () => {
        await window.ordertrace.order('submit', () => fetch('/api/orders', { method: 'POST' }))
        await window.ordertrace.flush()
      }),
    )
  await submit('/asks')
  expect(site.exports.all).toEqual([])
  await submit('/has-asked')
  await site.spans.find(isOrder('submit'), 'the order')
  expect(headers(site)).toEqual(['undefined', 'string'])
})
