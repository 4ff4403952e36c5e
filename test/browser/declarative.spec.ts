import type { Page } from '@playwright/test'
import type { Site } from '../support/site'
import { expect, test } from '../support/traces-test'

const TAG = '<script src="/ordertrace.min.js" data-service="mes-ui" data-apis="/api/" data-user-id="u-7"></script>'

async function open(site: Site, page: Page, html: string): Promise<void> {
  site.page('/form', TAG + html)
  await page.goto(`${site.origin}/form`)
}

test('a button’s click is the operation: it ends when the requests that it started have settled', async ({
  page,
  site,
  traces,
}) => {
  let answer = () => {}
  site.on('/api/slow', (_request, response) => {
    answer = () => void response.end('{}')
  })
  await open(
    site,
    page,
    `<button data-order-step="confirm" data-order-id="o-1"><b>Confirm</b></button>
     <script>document.querySelector('button').onclick = () => { fetch('/api/quick'); fetch('/api/slow') }</script>`,
  )
  await page.getByText('Confirm').click()
  await site.requests.find(({ path }) => path === '/api/slow', 'the slow request')
  expect(await page.evaluate(() => window.ordertrace.diagnostics().spans.made)).toBeGreaterThan(2)
  answer()
  const order = await traces.waitForSpan({ name: 'order.confirm' })
  const requests = traces.spans({ parentSpanId: order.spanId })
  expect(order.attributes).toMatchObject({ 'order.outcome': 'confirmed', order_id: 'o-1', user_id: 'u-7' })
  expect(requests).toHaveLength(2)
  for (const request of requests) expect(order.endTime).toBeGreaterThanOrEqual(request.endTime)
})

test('a form’s submit is the operation, and a request that follows from the first one’s answer is part of it', async ({
  page,
  site,
  traces,
}) => {
  await open(
    site,
    page,
    `<form data-order-step="submit"><button>Order</button></form>
     <script>document.forms[0].addEventListener('submit', async (event) => {
       event.preventDefault()
       await fetch('/api/check')
       await fetch('/api/orders', { method: 'POST' })
       document.forms[0].dataset.orderId = 'o-late'
     })</script>`,
  )
  await page.getByRole('button').click()
  const order = await traces.waitForSpan({ name: 'order.submit' })
  const requests = traces.spans({ parentSpanId: order.spanId })
  expect(requests.map(({ name }) => name)).toEqual(['GET', 'POST'])
  for (const { attributes } of [order, ...requests])
    expect(attributes).toMatchObject({ order_id: 'o-late', user_id: 'u-7' })
  expect(site.requests.all.find(({ path }) => path === '/api/orders')?.headers.traceparent).toContain(order.traceId)
})

test('a submit button with a step of its own starts the operation at the click, once', async ({
  page,
  site,
  traces,
}) => {
  await open(
    site,
    page,
    `<form data-order-step="submit"><button data-order-step="draft">Save</button></form>
     <script>document.forms[0].onsubmit = (event) => { event.preventDefault(); fetch('/api/draft') }</script>`,
  )
  await page.getByRole('button').click()
  const draft = await traces.waitForSpan({ name: 'order.draft' })
  const request = traces.spans({ kind: 'client' })[0]
  expect(request?.parentSpanId).toBe(draft.spanId)
  expect(traces.spans({ name: 'order.submit' })).toEqual([])
})

test('a failed request fails the operation, with its reason', async ({ page, site, traces }) => {
  site.on('/api/orders', (_request, response) => void response.writeHead(409).end())
  await open(
    site,
    page,
    `<button data-order-step="take">Take</button>
     <script>document.querySelector('button').onclick = () => { fetch('/api/fine'); fetch('/api/orders') }</script>`,
  )
  await page.getByRole('button').click()
  const order = await traces.waitForSpan({ name: 'order.take' })
  expect(order.attributes).toMatchObject({ 'order.outcome': 'failed', 'error.type': '409', 'order.reason': '409' })
  expect(order.status.code).toBe('error')
})

test('XHR in a handler is part of it, and so is a request that its answer sets off', async ({ page, site, traces }) => {
  await open(
    site,
    page,
    `<button data-order-step="take">Take</button><script>
     document.querySelector('button').onclick = () => {
       const first = new XMLHttpRequest()
       first.open('POST', '/api/first')
       first.onload = () => { const second = new XMLHttpRequest(); second.open('POST', '/api/second'); second.send() }
       first.send()
     }</script>`,
  )
  await page.getByRole('button').click()
  const order = await traces.waitForSpan({ name: 'order.take' })
  expect(traces.spans({ parentSpanId: order.spanId })).toHaveLength(2)
})

test('a request of something else meanwhile is no part of it', async ({ page, site, traces }) => {
  await open(
    site,
    page,
    `<button data-order-step="take">Take</button><script>
     document.querySelector('button').onclick = () => { fetch('/api/take') }
     const poll = () => fetch('/api/poll').then(poll)
     poll()</script>`,
  )
  await page.getByRole('button').click()
  const order = await traces.waitForSpan({ name: 'order.take' })
  expect(traces.spans({ parentSpanId: order.spanId })).toHaveLength(1)
  const joined = site.requests.all.filter(({ headers }) => String(headers.traceparent).includes(order.traceId))
  expect(joined.map(({ path }) => path)).toEqual(['/api/take'])
})

test('a click that makes no request is a failure with that reason', async ({ page, site, traces }) => {
  await open(site, page, '<button data-order-step="take">Take</button>')
  await page.getByRole('button').click()
  const order = await traces.waitForSpan({ name: 'order.take' })
  expect(order.attributes).toMatchObject({ 'order.outcome': 'failed', 'order.reason': 'no-request' })
})

test('an operation whose requests have settled when the page goes away is confirmed, not abandoned', async ({
  page,
  site,
  traces,
}) => {
  site.page('/thanks', 'thanks')
  await open(
    site,
    page,
    `<button data-order-step="submit">Order</button><script>
     document.querySelector('button').onclick = async () => { await fetch('/api/orders', { method: 'POST' }); location.href = '/thanks' }</script>`,
  )
  await page.getByRole('button').click()
  await page.waitForURL('**/thanks')
  const order = await traces.waitForSpan({ name: 'order.submit' })
  expect(order.attributes['order.outcome']).toBe('confirmed')
})

test('data-declarative="false" leaves the markup alone', async ({ page, site, traces }) => {
  site.page(
    '/form',
    `<script src="/ordertrace.min.js" data-service="mes-ui" data-declarative="false"></script><button data-order-step="take">Take</button>`,
  )
  await page.goto(`${site.origin}/form`)
  await page.getByRole('button').click()
  await page.evaluate(() => window.ordertrace.flush())
  expect(traces.spans().map(({ name }) => name)).toContain('documentLoad')
  expect(traces.spans({ name: 'order.take' })).toEqual([])
})

test('a button in a shadow tree is found', async ({ page, site, traces }) => {
  await open(
    site,
    page,
    `<div id="host"></div><script>
     const root = host.attachShadow({ mode: 'open' })
     root.innerHTML = '<button data-order-step="take">Take</button>'
     root.querySelector('button').onclick = () => { fetch('/api/take') }</script>`,
  )
  await page.getByRole('button').click()
  const order = await traces.waitForSpan({ name: 'order.take' })
  expect(site.requests.all.find(({ path }) => path === '/api/take')?.headers.traceparent).toContain(order.traceId)
})

for (const where of ['form', 'button'] as const) {
  test(`a form that the browser itself sends, with the step on the ${where}, is no failure`, async ({
    page,
    site,
    traces,
  }) => {
    site.page('/sent', 'sent')
    const attribute = 'data-order-step="submit"'
    await open(
      site,
      page,
      `<form action="/sent" ${where === 'form' ? attribute : ''}><button ${where === 'button' ? attribute : ''}>Send</button></form>`,
    )
    await page.getByRole('button').click()
    await page.waitForURL('**/sent?')
    const order = await traces.waitForSpan({ name: 'order.submit' })
    expect(order.attributes).toMatchObject({ 'order.outcome': 'abandoned', 'order.reason': 'page-left' })
  })
}
