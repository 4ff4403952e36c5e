import type { TracingOptions } from '../../src'
import { expect, test } from '../support/traces-test'

const WRONG: Record<string, [options: unknown, says: RegExp]> = {
  nothing: [undefined, /no options given/],
  'no service': [{}, /"service" is missing/],
  'an empty service': [{ service: ' ' }, /"service" is missing/],
  'a misspelt option': [
    { service: 'crm', api: ['/api/'] },
    /no option "api"; the options are service, collector, collectorCredentials, unanswered, apis/,
  ],
  'a wildcard': [{ service: 'crm', apis: ['https://*.shop.example'] }, /no wildcards/],
  'a regular expression': [{ service: 'crm', apis: [/api/] }, /write an origin such as/],
  'a host without a scheme': [
    { service: 'crm', apis: ['api.shop.example'] },
    /"api.shop.example"; write an origin such as/,
  ],
  'a scheme-relative API': [{ service: 'crm', apis: ['//evil.example'] }, /write an origin such as/],
  'an API with a query': [{ service: 'crm', apis: ['/api/?x=1'] }, /leave those out/],
  'one API instead of a list': [{ service: 'crm', apis: '/api/' }, /"apis" is "\/api\/"; give a list/],
  'a percentage': [{ service: 'crm', sampleRatio: 10 }, /give a share from 0 to 1/],
  'not a number': [{ service: 'crm', sampleRatio: Number.NaN }, /give a share from 0 to 1/],
  'a collector with credentials': [
    { service: 'crm', collector: 'https://a:b@c.example/v1/traces' },
    /credentials; leave those out/,
  ],
  'a collector without a path': [
    { service: 'crm', collector: 'http://localhost:4318' },
    /http:\/\/localhost:4318\/v1\/traces/,
  ],
  'a policy for lost answers that there is not': [
    { service: 'crm', unanswered: 'again' },
    /"unanswered" is "again"; give "ask" or "repeat"/,
  ],
  'credentials for other origins': [
    { service: 'crm', collectorCredentials: 'include' },
    /"collectorCredentials" is "include"; give "omit" or "same-origin"/,
  ],
  'a gRPC collector': [{ service: 'crm', collector: 'grpc://localhost:4317' }, /http\(s\) URL/],
  'redact as text': [{ service: 'crm', redact: 'email' }, /"redact" is "email"; give a function/],
}

for (const [name, [options, says]] of Object.entries(WRONG)) {
  test(`wrong options, ${name}: one clear message, and an SDK that does nothing but run the page`, async ({
    page,
    site,
    traces,
  }) => {
    const lines: string[] = []
    page.on('console', (message) => lines.push(message.text()))
    await page.goto(site.origin)
    const source = options instanceof Object ? serialize(options) : 'undefined'
    const result = await page.evaluate(async (text) => {
      const before = window.fetch
      // biome-ignore lint/security/noGlobalEval: regular expressions and NaN do not travel as JSON
      const tracing = window.startTracing(eval(`(${text})`) as TracingOptions)
      const answer = await tracing.order('submit', (order) =>
        order.step('a', () => order.run(() => fetch('/api/orders').then((r) => r.json()))),
      )
      const order = tracing.startOrder('ship')
      order.setId('o-1')
      order.fail('x')
      tracing.setUser('u-1')
      await tracing.flush()
      await tracing.stop()
      return { answer, patched: fetch !== before, headers: order.headers(), diagnostics: tracing.diagnostics() }
    }, source)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(says)
    expect(lines[0]).toContain('Tracing is off')
    expect(result).toMatchObject({ answer: { id: 'o-42' }, patched: false, headers: {}, diagnostics: { state: 'off' } })
    expect(result.diagnostics.problem).toMatch(says)
    expect(traces.deliveries).toEqual([])
    expect(site.requests.all.find(({ path }) => path === '/api/orders')?.headers.traceparent).toBeUndefined()
  })
}

const serialize = (value: object) =>
  `{${Object.entries(value)
    .map(([key, item]) => `${key}: ${Array.isArray(item) ? `[${item.map(literal)}]` : literal(item)}`)
    .join()}}`
const literal = (item: unknown) => (typeof item === 'string' ? JSON.stringify(item) : String(item))

test('a second start on a page returns the first and says so; after stop() another may start', async ({
  traced,
  page,
  traces,
}) => {
  const lines: string[] = []
  page.on('console', (message) => lines.push(message.text()))
  await traced()
  await page.addScriptTag({ url: '/module.js' })
  const result = await page.evaluate(async () => {
    const again = window.startTracing({ service: 'crm', apis: ['/api/'] })
    await again.order('submit', () => fetch('/api/orders'))
    await again.stop()
    const third = window.startTracing({ service: 'crm' })
    await third.order('ship', () => fetch('/api/orders'))
    await third.flush()
    return { same: again === window.tracing, other: third !== again, old: again.diagnostics().state }
  })
  expect(result).toEqual({ same: true, other: true, old: 'stopped' })
  expect(lines.filter((line) => line.includes('runs on this page already'))).toHaveLength(1)
  const submit = await traces.waitForSpan({ name: 'order.submit' })
  const ship = await traces.waitForSpan({ name: 'order.ship' })
  expect([submit.service, ship.service]).toEqual(['internet-shop', 'crm'])
  expect(traces.spans({ kind: 'client' })).toHaveLength(2)
})

test('stop() puts every patched function back, sends what waits, and later orders still run', async ({
  page,
  site,
  traces,
}) => {
  await page.goto(site.origin)
  const result = await page.evaluate(async () => {
    const names = ['open', 'send', 'setRequestHeader'] as const
    const functions = () => [window.fetch, ...names.map((name) => XMLHttpRequest.prototype[name])]
    const before = functions()
    const tracing = window.startTracing({ service: 'crm', apis: ['/api/'] })
    const during = functions()
    await tracing.order('submit', () => fetch('/api/orders'))
    await tracing.stop()
    const after = functions()
    const answer = await tracing.order('late', async (order) => (order.traceId === '' ? 'ran' : 'traced'))
    return {
      patched: during.every((fn, i) => fn !== before[i]),
      restored: after.every((fn, i) => fn === before[i]),
      answer,
      state: tracing.diagnostics().state,
    }
  })
  expect(result).toEqual({ patched: true, restored: true, answer: 'ran', state: 'stopped' })
  await traces.waitForSpan({ name: 'order.submit' })
})

test('what was wrapped over us goes on working after stop()', async ({ page, site }) => {
  await page.goto(site.origin)
  const result = await page.evaluate(async () => {
    const tracing = window.startTracing({ service: 'crm', apis: ['/api/'] })
    const ours = window.fetch
    const seen: string[] = []
    window.fetch = (...args) => {
      seen.push(String(args[0]))
      return ours(...args)
    }
    const theirs = window.fetch
    await tracing.stop()
    const { status } = await fetch('/api/orders')
    return { status, seen, kept: window.fetch === theirs }
  })
  expect(result).toEqual({ status: 200, seen: ['/api/orders'], kept: true })
  expect(site.requests.all.find(({ path }) => path === '/api/orders')?.headers.traceparent).toBeUndefined()
})

test('blocked storage does no harm: a sandboxed frame traces its order', async ({ page, site, traces }) => {
  site.corsHeaders = 'content-type, traceparent'
  site.page(
    '/frame',
    `<script src="/module.js"></script><script>
    let blocked = false
    try { sessionStorage } catch { blocked = true }
    const tracing = startTracing({ service: 'crm', apis: ['${site.origin}/api/'], collector: '${site.origin}/v1/traces' })
    tracing.order('submit', () => fetch('${site.origin}/api/orders')).then(() => parent.postMessage({ blocked, ...tracing.diagnostics() }, '*'))
  </script>`,
  )
  await page.goto(site.origin)
  const result = await page.evaluate(
    () =>
      new Promise<unknown>((resolve) => {
        addEventListener('message', ({ data }) => resolve(data))
        const frame = document.createElement('iframe')
        frame.sandbox.add('allow-scripts')
        frame.src = '/frame'
        document.body.append(frame)
      }),
  )
  expect(result).toMatchObject({ blocked: true, state: 'running', failures: {} })
  const order = await traces.waitForSpan({ name: 'order.submit' })
  expect(order.attributes['session.id']).toMatch(/^[\da-f]{32}$/)
})
