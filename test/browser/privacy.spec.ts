import { expect, sentText, test } from '../support/traces-test'

const SECRETS = ['s3cret', 'anna@shop.example', 'anna%40shop.example', 'p4ssword', 'fr4gment']

test('no query, fragment, credentials or e-mail leaves the browser, wherever it stands', async ({
  site,
  page,
  traces,
}) => {
  site.page('/account/anna@shop.example', '<title>x</title><script src="/module.js"></script>')
  await page.goto(`${site.origin}/account/anna@shop.example?token=s3cret#fr4gment`)
  await page.evaluate(async () => {
    const tracing = window.startTracing({ service: 'crm', apis: ['/api/'] })
    const { host } = location
    await tracing.order('submit', async (order) => {
      order.setAttributes({ page: location.href, note: 'mail to anna@shop.example', list: ['/x?a=s3cret', 'ok'] })
      await fetch('/api/orders?token=s3cret#fr4gment')
      await window.axios.get('/api/users/anna%40shop.example?token=s3cret')
      await order
        .step('fail', () =>
          Promise.reject(new Error(`GET http://anna:p4ssword@${host}/x?token=s3cret failed for anna@shop.example`)),
        )
        .catch(() => {})
      order.fail(new Error('cannot load /x?token=s3cret'))
    })
    await tracing.flush()
    Object.assign(window, { ordertrace: tracing })
  })
  const order = await traces.waitForSpan({ name: 'order.submit' })
  await traces.waitForSpan({ name: 'documentLoad' })
  // First that there was something to leak: the parts that may leave have left.
  expect(order.attributes).toMatchObject({
    page: `${site.origin}/account/[email]`,
    note: 'mail to [email]',
    list: ['/x', 'ok'],
  })
  expect(order.attributes['order.reason']).toBe('cannot load /x')
  const urls = traces.spans().map(({ attributes }) => attributes['url.full'])
  expect(urls).toEqual(expect.arrayContaining([`${site.origin}/api/orders`, `${site.origin}/api/users/[email]`]))
  const failed = traces.spans().find(({ name }) => name === 'order.submit.fail')
  expect(failed?.status.message).toMatch(/^GET http:\/\/127.0.0.1:\d+\/x failed for \[email\]$/)
  await expect(traces).toHaveNoPersonalData({ also: SECRETS })
  const left = sentText(traces)
  for (const secret of SECRETS) expect(left).not.toContain(secret)
})

test('nothing leaves by the names of spans, events and attributes of the page’s own', async ({
  traced,
  page,
  traces,
}) => {
  await traced()
  await page.evaluate(async () => {
    const span = window.tracing.tracer.startSpan('GET orders?token=s3cret')
    span.addEvent('load /x?token=s3cret for anna@shop.example', { at: 'http://anna:p@s3cret@localhost/x' })
    span.setAttributes({ 'anna@shop.example': 1, search: '?token=s3cret', hash: "https://shop.example/#x='s3cret'" })
    span.setAttributes({ path: '/cart;jsessionid=s3cret/x', bare: 'orders?token=s3cret' })
    span.end()
    await window.tracing.flush()
  })
  const span = await traces.waitForSpan({ name: 'GET orders' })
  expect(span.events).toEqual([
    { name: 'load /x for [email]', time: expect.any(BigInt), attributes: { at: 'http://localhost/x' } },
  ])
  expect(span.attributes).toMatchObject({
    '[email]': 1,
    search: '',
    hash: 'https://shop.example/',
    path: '/cart/x',
    bare: 'orders',
  })
  const left = sentText(traces)
  for (const secret of SECRETS) expect(left).not.toContain(secret)
})

test('the redact hook sees every value last: keeps, replaces, drops, and drops where it throws', async ({
  traced,
  page,
  traces,
}) => {
  await traced()
  const failures = await page.evaluate(async () => {
    await window.tracing.stop()
    const tracing = window.startTracing({
      service: 'crm',
      redact(name, value, span) {
        if (name === 'model') return 'replaced'
        if (name === 'comment') return undefined
        if (name === 'broken') throw new Error('hook')
        if (name === 'status.message') return `${span.name} failed`
        return value
      },
    })
    await tracing
      .order('submit', { attributes: { model: 'ring', comment: 'for Anna', broken: 1, kept: true } }, () =>
        Promise.reject(new Error('secret')),
      )
      .catch(() => {})
    await tracing.flush()
    return tracing.diagnostics().failures
  })
  const order = await traces.waitForSpan({ name: 'order.submit' })
  expect(order.attributes).toMatchObject({ model: 'replaced', kept: true })
  expect(order.attributes).not.toHaveProperty('comment')
  expect(order.attributes).not.toHaveProperty('broken')
  expect(order.status.message).toBe('order.submit failed')
  expect(failures).toEqual({ redact: 1 })
})

test('a hook that returns what is no attribute value loses that attribute alone, with one message', async ({
  traced,
  page,
  traces,
}) => {
  const lines: string[] = []
  page.on('console', (message) => lines.push(message.text()))
  await traced()
  await page.evaluate(async () => {
    await window.tracing.stop()
    const redact = (name: string, value: unknown) => (name === 'bad' ? { nested: value } : value)
    const tracing = window.startTracing({ service: 'crm', redact: redact as never })
    await tracing.order('submit', { attributes: { bad: 'x', good: 'y' } }, () => {})
  })
  const order = await traces.waitForSpan({ name: 'order.submit' })
  expect(order.attributes).toMatchObject({ good: 'y' })
  expect(order.attributes).not.toHaveProperty('bad')
  expect(lines).toEqual([expect.stringContaining('"redact" returned a wrong value: the attribute "bad" is neither')])
})

test('a span that the page’s own toJSON keeps from being written is dropped alone, and counted', async ({
  traced,
  page,
  traces,
}) => {
  await traced()
  const dropped = await page.evaluate(async () => {
    Object.assign(Array.prototype, {
      toJSON(this: { stringValue?: string }[]) {
        if (this.some?.((item) => item.stringValue === 'unwritable')) throw new Error('no')
        return this
      },
    })
    await window.tracing.order('bad', { attributes: { list: ['unwritable'] } }, () => {})
    await window.tracing.order('good', () => {})
    await window.tracing.flush()
    return window.tracing.diagnostics().spans.dropped
  })
  await traces.waitForSpan({ name: 'order.good' })
  expect(traces.spans({ name: 'order.bad' })).toEqual([])
  expect(dropped).toEqual({ 'not-serializable': 1 })
})
