import { expect, test } from '../support/traces-test'

test('a handler that is set again belongs to whoever set it last: another operation, or nobody', async ({
  traced,
  site,
  traces,
}) => {
  site.on('/echo-worker.js', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end('onmessage = ({ data }) => postMessage(data)')
  })
  const page = await traced({ sampleRatio: 0 })
  await page.evaluate(async () => {
    const worker = new Worker('/echo-worker.js')
    const answered = (path: string) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      worker.onmessage = () => void fetch(path).then(() => resolve())
      return { promise, ask: () => worker.postMessage(0) }
    }
    const ask = async (path: string) => {
      const { promise, ask } = answered(path)
      ask()
      await promise
    }
    const [a, b] = ['a', 'b'].map((step) => window.tracing.startOrder(step, { id: step })) as [
      import('../../src').Order,
      import('../../src').Order,
    ]
    await a.run(() => ask('/api/a'))
    await b.run(() => ask('/api/b'))
    await a.run(() => ask('/api/a-again'))
    await ask('/api/nobody')
    await b.run(() => ask('/api/b-again'))
    a.succeed()
    await b.run(() => ask('/api/b-alone'))
    worker.onmessage = null
    await b.run(() => ask('/api/b-anew'))
    b.succeed()
    await window.tracing.order('c', { id: 'c' }, () => ask('/api/c'))
    await window.tracing.flush()
  })
  const traceOf = (step: string) => traces.spans({ name: `order.${step}` })[0]?.traceId
  const joined = site.requests.all
    .filter(({ path }) => path.startsWith('/api/'))
    .map(({ path, headers }) => [path.slice(5), String(headers.traceparent).split('-')[1]])
  expect(joined).toEqual([
    ['a', traceOf('a')],
    ['b', traceOf('b')],
    ['a-again', traceOf('a')],
    ['nobody', undefined],
    ['b-again', traceOf('b')],
    ['b-alone', traceOf('b')],
    ['b-anew', traceOf('b')],
    ['c', traceOf('c')],
  ])
})

test('listeners that are removed, or called once, leave nothing behind while the operation goes on', async ({
  traced,
}) => {
  const page = await traced()
  const devtools = await page.context().newCDPSession(page)
  await page.evaluate(() => {
    const target = new EventTarget()
    const listener = () => {}
    Object.assign(window, { target, listener })
    window.tracing.startOrder('submit').run(() => {
      for (let each = 0; each < 20; each++) {
        target.addEventListener('message', listener)
        target.removeEventListener('message', listener)
        target.addEventListener('message', listener, true)
        target.removeEventListener('message', listener, { capture: true })
        target.addEventListener('message', listener, { once: true })
        target.dispatchEvent(new Event('message'))
      }
      target.addEventListener('message', listener)
    })
  })
  const { result } = await devtools.send('Runtime.evaluate', { expression: 'target' })
  const { listeners } = await devtools.send('DOMDebugger.getEventListeners', { objectId: String(result.objectId) })
  // The page's, and one of ours on each side.
  expect(listeners).toHaveLength(3)
})

test('an XHR of an operation that somebody else uses again is no longer the operation’s', async ({ traced, site }) => {
  const page = await traced({ sampleRatio: 0 })
  await page.evaluate(async () => {
    const xhr = new XMLHttpRequest()
    const send = (path: string, then: string) =>
      new Promise((resolve) => {
        xhr.open('GET', path)
        xhr.onload = () => resolve(fetch(then))
        xhr.send()
      })
    const order = window.tracing.startOrder('submit', { id: 'o-1' })
    await order.run(() => send('/api/of-the-order', '/api/then'))
    await send('/api/of-others', '/api/then-others')
    order.succeed()
    await window.tracing.flush()
  })
  const withHeader = site.requests.all.filter(({ headers }) => headers.traceparent).map(({ path }) => path)
  expect(withHeader).toEqual(['/api/of-the-order', '/api/then'])
  expect(site.requests.all.map(({ path }) => path)).toContain('/api/then-others')
})

test('an operation that nobody ends is ended after an hour, and that is said', async ({ page, site, traces }) => {
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  await page.clock.install()
  await page.goto(site.origin)
  const look = () => page.evaluate(() => typeof Object.getOwnPropertyDescriptor(Promise.prototype, 'constructor')?.get)
  await page.evaluate(() => {
    window.tracing = window.startTracing({ service: 'crm' })
    window.tracing.startOrder('ended').succeed()
    window.tracing.startOrder('forgotten')
  })
  await page.clock.runFor('59:00')
  expect([await look(), said]).toEqual(['function', []])
  await page.clock.runFor('02:00')
  expect([await look(), said]).toEqual(['undefined', [expect.stringContaining('"forgotten" was open for an hour')]])
  await page.evaluate(() => void window.tracing.flush())
  const order = await traces.waitForSpan({ name: 'order.forgotten' })
  expect(order.attributes).toMatchObject({ 'order.outcome': 'abandoned', 'order.reason': 'deadline' })
})
