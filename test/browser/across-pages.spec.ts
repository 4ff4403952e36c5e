import type { Traces } from '../../src/playwright'
import { expect, test } from '../support/traces-test'

/** The spans of the order on the page where it began, and on the one where it ended. */
const bothParts = async (traces: Traces) => {
  const part = (outcome: string) =>
    traces.waitForSpan({ name: 'order.submit', attributes: { 'order.outcome': outcome } })
  const parts = [await part('continued'), await part('confirmed')] as const
  expect(traces.spans({ name: 'order.submit' })).toHaveLength(2)
  return parts
}

const tag = (user?: string) =>
  `<script src="/ordertrace.min.js" data-service="internet-shop" data-apis="/api/" ${user ? `data-user-id="${user}"` : ''}></script>`

test('an order goes on after a payment page of another origin: one trace, with the ids that were known', async ({
  page,
  site,
  traces,
}) => {
  site.page('/checkout', tag('u-7'))
  site.page('/payment', `<a href="${site.origin}/paid?token=s3cret">back</a>`)
  site.page('/paid', tag('u-7'))
  await page.goto(`${site.origin}/checkout`)
  await page.evaluate((payment) => {
    const order = window.ordertrace.startOrder('submit', { id: 'o-1', continues: true })
    const ordered = order.run(() => fetch('/api/orders', { method: 'POST' }))
    // Not waited for: the page may be gone before it could say that it is done.
    void ordered.then(() => {
      location.href = payment
    })
  }, `${site.other}/payment`)
  await page.getByText('back').click()
  await page.waitForURL('**/paid?token=s3cret')
  await page.evaluate(async () => {
    const order = window.ordertrace.resumeOrder('submit')
    await order?.run(() => fetch('/api/orders/o-1'))
    order?.succeed()
  })
  const [first, second] = await bothParts(traces)
  expect(first.attributes).toMatchObject({ 'order.outcome': 'continued', order_id: 'o-1', user_id: 'u-7' })
  expect(second.attributes).toMatchObject({ 'order.outcome': 'confirmed', order_id: 'o-1', user_id: 'u-7' })
  expect([second.traceId, second.parentSpanId]).toEqual([first.traceId, first.spanId])
  for (const url of ['/api/orders', '/api/orders/o-1']) {
    const method = url === '/api/orders' ? 'POST' : 'GET'
    await expect(traces.request(method, url)).toCarryTraceparent({ of: traces.order('o-1') })
  }
  await expect(traces.order('o-1')).toBeUnbroken()
})

test('it is taken up once, by the same user, under the same step, and not after its deadline', async ({
  page,
  site,
}) => {
  site.page('/one', tag('u-7'))
  site.page('/two', tag())
  const leave = async () => {
    await page.goto(`${site.origin}/one`)
    await page.evaluate(() => void window.ordertrace.startOrder('submit', { continues: true }))
    await page.goto(`${site.origin}/two`)
  }
  const resume = (step: string, user?: string) =>
    page.evaluate(
      ([name, id]) => {
        if (id) window.ordertrace.setUser(id)
        return Boolean(window.ordertrace.resumeOrder(String(name)))
      },
      [step, user] as const,
    )
  await leave()
  expect([await resume('ship'), await resume('submit', 'u-7'), await resume('submit')]).toEqual([false, true, false])
  await leave()
  expect(await resume('submit', 'u-8')).toBe(false)
  await leave()
  await page.evaluate(() => {
    const half = Date.now() + 31 * 60_000
    Date.now = () => half
  })
  expect(await resume('submit')).toBe(false)
  await leave()
  await page.evaluate(() => sessionStorage.setItem('ordertrace.carried', '[{"step":1},null,"x"]'))
  expect(await resume('submit')).toBe(false)
})

test('without continues an order that is open when the page goes away is abandoned, and nothing is left', async ({
  page,
  site,
  traces,
}) => {
  site.page('/one', tag())
  site.page('/two', tag())
  await page.goto(`${site.origin}/one`)
  await page.evaluate(() => void window.ordertrace.startOrder('submit'))
  await page.goto(`${site.origin}/two`)
  expect(await page.evaluate(() => window.ordertrace.resumeOrder('submit') === undefined)).toBe(true)
  expect((await traces.waitForSpan({ name: 'order.submit' })).attributes['order.outcome']).toBe('abandoned')
})

test('a form that the browser sends carries the trace in a field, and the page that answers continues it', async ({
  page,
  site,
  traces,
}) => {
  let body = ''
  site.on('/orders', (request, response) => {
    body = request.body
    const traceparent = new URLSearchParams(body).get('traceparent')
    response.writeHead(200, { 'content-type': 'text/html', 'server-timing': `traceparent;desc="${traceparent}"` })
    response.end(`<!doctype html>${tag('u-7')}thanks`)
  })
  site.page(
    '/form',
    `${tag('u-7')}<form method="post" action="/orders" data-order-step="submit" data-order-traceparent><input name="pieces" value="2"><button>Order</button></form>`,
  )
  await page.goto(`${site.origin}/form`)
  await page.getByRole('button').click()
  await page.getByText('thanks').waitFor()
  await page.evaluate(() => window.ordertrace.resumeOrder('submit', { id: 'o-9' })?.succeed())
  const [first, second] = await bothParts(traces)
  expect(new URLSearchParams(body).get('pieces')).toBe('2')
  expect(new URLSearchParams(body).get('traceparent')).toBe(`00-${first.traceId}-${first.spanId}-01`)
  expect(first.attributes['order.outcome']).toBe('continued')
  expect(second).toMatchObject({ traceId: first.traceId, parentSpanId: first.spanId })
  // By Server-Timing the page that the server made is in the trace as well.
  await expect(traces).toHaveSpan({ name: 'documentLoad', traceId: first.traceId, parentSpanId: first.spanId })
})

test('the field goes to the page’s own origin and to listed ones, not to a payment provider', async ({
  page,
  site,
}) => {
  const form = (action: string, button = '') =>
    `<form method="post" action="${action}" data-order-step="submit" data-order-traceparent><input name="action" value="x"><button ${button}>Order</button></form>`
  const send = async (path: string, apis: string, html: string) => {
    site.page('/form', `<script src="/ordertrace.min.js" data-service="shop" data-apis="${apis}"></script>${html}`)
    await page.goto(`${site.origin}/form`)
    await page.getByRole('button').click()
    const { body } = await site.requests.find((sent) => sent.method === 'POST' && sent.path === path, path)
    // A browser that is told to close in the middle of a navigation may not come to it.
    await page.waitForURL(`**${path}`)
    return body
  }
  for (const path of ['/own', '/own-button', '/listed', '/other', '/other-button']) site.page(path, 'sent')
  const { other } = site
  expect(await send('/own', '/api/', form('/own'))).toContain('traceparent=00-')
  expect(await send('/own-button', '/api/', form(`${other}/no`, 'formaction="/own-button"'))).toContain('traceparent=')
  expect(await send('/listed', other, form(`${other}/listed`))).toContain('traceparent=')
  expect(await send('/other', '/api/', form(`${other}/other`))).toBe('action=x')
  const elsewhere = `formaction="${other}/other-button"`
  expect(await send('/other-button', '/api/', form('/own', elsewhere))).toBe('action=x')
})

test('what the page reads out of such a form itself is what its fields say', async ({ page, site }) => {
  site.page('/sent', 'sent')
  site.page(
    '/form',
    `${tag()}<form method="post" action="/sent" data-order-step="submit" data-order-traceparent><input name="pieces" value="2"><button>Order</button></form>
     <script>
       const read = (name) => localStorage.setItem(name, String(new URLSearchParams(new FormData(document.forms[0]))))
       document.forms[0].addEventListener('submit', (event) => {
         read('within')
         if (!localStorage.prevented) { localStorage.prevented = 'yes'; event.preventDefault(); setTimeout(() => read('after')) }
       })
     </script>`,
  )
  await page.goto(`${site.origin}/form`)
  await page.getByRole('button').click()
  await page.waitForFunction(() => localStorage.after)
  await page.getByRole('button').click()
  const sent = await site.requests.find(({ method }) => method === 'POST', 'the form')
  const read = await page.evaluate(() => [localStorage.within, localStorage.after])
  expect(read).toEqual(['pieces=2', 'pieces=2'])
  expect(sent.body).toMatch(/^pieces=2&traceparent=00-/)
})

test('a form without the attribute is sent as it is', async ({ page, site }) => {
  site.page('/sent', 'sent')
  site.page(
    '/form',
    `${tag()}<form method="post" action="/sent" data-order-step="submit"><button>Order</button></form>`,
  )
  await page.goto(`${site.origin}/form`)
  await page.getByRole('button').click()
  await page.getByText('sent').waitFor()
  const sent = await site.requests.find(({ method, path }) => method === 'POST' && path === '/sent', 'the form')
  expect(sent.body).not.toContain('traceparent')
})
