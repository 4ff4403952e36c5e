import { writeFileSync } from 'node:fs'
import { startAnswering } from '../support/answering-server'
import { createClosedCollector } from '../support/closed-collector'
import { runCommand } from '../support/run-command'
import { expect, test } from '../support/test'
import { plainOpenTelemetry } from '../support/traces-test'

const verify = (...args: string[]) =>
  runCommand(['verify', ...args], { CHROMIUM_PATH: process.env.ORDERTRACE_CHROMIUM ?? '' })

const traced = (attributes: string) =>
  `<title>shop</title><script src="/ordertrace.min.js" data-service="shop" ${attributes}></script>`

test('says of a page that is traced well what carried the header, what not and why, and what arrived', async ({
  site,
}, testInfo) => {
  site.page(
    '/',
    `<script>fetch('/api/early')</script>${traced('data-apis="/api/"')}
     <button onclick="ordertrace.order('submit', { id: 'o-1' }, () => fetch('/api/orders', { method: 'POST' }))">Order</button>
     <script>fetch('/poll?token=1'); fetch('${site.other}/pixel', { mode: 'no-cors' }); fetch('${site.other}/elsewhere')</script>`,
  )
  const script = testInfo.outputPath('order.mjs')
  writeFileSync(
    script,
    `export default async (page) => {
       const answered = page.waitForResponse('**/api/orders')
       await page.getByRole('button').click()
       await answered
     }`,
  )
  const { code, out, err } = await verify(
    `${site.origin}/`,
    '--seconds',
    '0',
    '--script',
    script,
    '--api',
    '*/api/orders',
  )
  expect([code, err]).toEqual([0, ''])
  const told = /Traced by ordertrace [\d.]+ as shop: (\d+) spans of 5 traces reached the collector\./.exec(out)?.[1]
  const lines = out.split('\n').map((line) => line.trim().replace(/ {2,}/g, ' | '))
  expect(lines).toEqual(
    expect.arrayContaining([
      `traceparent | POST ${site.origin}/api/orders`,
      `– | GET ${site.origin}/api/early | it was sent before tracing had started`,
      `– | GET ${site.origin}/poll | its path is not listed: the page’s own origin, by path`,
      `– | GET ${site.other}/pixel | mode "no-cors" forbids the header`,
      `– | GET ${site.other}/elsewhere | its origin is not listed: ${site.other}`,
      '✓ No problems.',
    ]),
  )
  // What reached the collector did reach it.
  expect(site.spans.all.map(({ name }) => name)).toContain('order.submit')
  expect(site.spans.all).toHaveLength(Number(told))
})

test('names what leaks, what is missing and what CORS forbids, and ends with 1', async ({ site }) => {
  const script = await plainOpenTelemetry()
  site.on('/plain.js', (_, response) => void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script))
  site.corsHeaders = 'content-type'
  site.page(
    '/',
    `<script src="/plain.js"></script>
     <script>
       const { provider } = startPlain('/v1/traces')
       Promise.allSettled([fetch('/api/orders?mail=anna@shop.example'), fetch('${site.other}/api/refused'), fetch('${site.other}/price')])
     </script>`,
  )
  const { code, out } = await verify(`${site.origin}/`, '--seconds', '1', '--api', '*/price', '--hold', '--json')
  expect(code).toBe(1)
  const findings = JSON.parse(out)
  expect(findings).toMatchObject({ services: ['internet-shop'], url: `${site.origin}/` })
  expect(findings.requests).toContainEqual({ method: 'GET', url: `${site.origin}/api/orders`, count: 1, carried: true })
  expect(findings.problems).toEqual(
    expect.arrayContaining([
      `GET ${site.other}/price carried no traceparent`,
      expect.stringMatching(/^an e-mail address left in attribute .*url.* of GET: http.*anna@shop\.example$/),
      expect.stringMatching(/^a query string left in attribute/),
      expect.stringMatching(/^the API's CORS does not allow the header, .*\/api\/refused/),
    ]),
  )
  expect(site.exports.all).toEqual([])
})

test('a page that is not traced, and a collector that is not there, are problems', async ({ site }) => {
  site.page('/untraced', '<title>shop</title>')
  const untraced = await verify(`${site.origin}/untraced`, '--seconds', '0')
  expect(untraced.code).toBe(1)
  expect(untraced.out).toContain('Not traced: no span reached the collector.')
  expect(untraced.out).toContain('The page sent no request by fetch or XHR.')

  const closed = await createClosedCollector()
  // Spans are sent as soon as an order ends.
  const order = `<script>ordertrace.order('submit', { id: 'o-1' }, () => {})</script>`
  site.page('/', traced(`data-collector="${closed.url}"`) + order)
  const lost = await verify(`${site.origin}/`, '--seconds', '2', '--json')
  expect(lost.code).toBe(1)
  expect(JSON.parse(lost.out).problems).toEqual([
    'no span reached the collector',
    `the collector ${closed.url} did not answer: net::ERR_CONNECTION_REFUSED`,
  ])
})

test('a span that the collector refused and the page sent again came once', async ({ site }) => {
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'checkout' }
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })
  let asked = 0
  site.collector.answer = () => (asked++ ? undefined : { status: 503 })
  site.page(
    '/',
    `<script>const send = () => fetch('/v1/traces', { method: 'POST', body: '${body}' }); send().then(send)</script>`,
  )
  const { out } = await verify(`${site.origin}/`, '--seconds', '1')
  expect(out).toContain(`the collector ${site.origin}/v1/traces answered 503`)
  expect(out).toContain('1 span of 1 trace reached')
  expect(out).not.toContain('came 2 times')
})

test('an API that refuses the preflight, which the header made necessary, is a problem', async ({ site }) => {
  const apis = await Promise.all(
    [{ 'access-control-allow-origin': '*' }, {}].map((headers) =>
      startAnswering(
        (_, response, { method }) => void response.writeHead(method === 'OPTIONS' ? 405 : 200, headers).end(),
      ),
    ),
  )
  const urls = apis.map(({ url }) => `${url}/orders`)
  site.page(
    '/',
    `${traced(`data-apis="${apis.map(({ url }) => url).join(' ')}"`)}
     <script>ordertrace.order('submit', () => Promise.allSettled(${JSON.stringify(urls)}.map((url) => fetch(url))))</script>`,
  )
  const { code, out } = await verify(`${site.origin}/`, '--seconds', '1', '--json')
  expect(code).toBe(1)
  const { problems, requests } = JSON.parse(out)
  const because =
    "carried traceparent, so the browser asked the API by OPTIONS first, and refused the page's own request:"
  expect(problems).toEqual([
    expect.stringMatching(`^GET ${urls[0]} ${because} .*It does not have HTTP ok status`),
    expect.stringMatching(`^GET ${urls[1]} ${because} .*No 'Access-Control-Allow-Origin' header`),
  ])
  expect(requests).toContainEqual({
    method: 'GET',
    url: urls[0],
    count: 1,
    carried: false,
    reason: 'it did not reach the server: net::ERR_FAILED',
  })
  await Promise.all(apis.map((api) => api.stop()))
})

test('says who sent what the page’s tracing does not see', async ({ site }) => {
  const script = (path: string, text: string) =>
    site.on(path, (_, response) => void response.writeHead(200, { 'content-type': 'text/javascript' }).end(text))
  script('/worker.js', `fetch('/api/by-worker')`)
  script('/service-worker.js', `addEventListener('message', () => fetch('/api/by-service-worker'))`)
  site.page('/frame', `<script>fetch('/api/by-frame')</script>`)
  site.page(
    '/',
    `${traced('data-apis="/api/"')}<iframe src="/frame?id=1"></iframe>
     <script>
       new Worker('/worker.js'); fetch(URL.createObjectURL(new Blob(['x'])))
       navigator.serviceWorker.register('/service-worker.js')
       navigator.serviceWorker.ready.then(({ active }) => active.postMessage('go'))
     </script>`,
  )
  const { out } = await verify(`${site.origin}/`, '--seconds', '2', '--json')
  const reasons = JSON.parse(out).requests.map(({ url, reason }: { url: string; reason?: string }) => [
    url.replace(site.origin, '').replace(/^blob:.*/, 'blob:'),
    reason,
  ])
  expect(reasons).toEqual(
    expect.arrayContaining([
      ['/api/by-worker', 'a worker sent it, which the page’s tracing does not see'],
      ['/api/by-service-worker', 'a service worker sent it, which the page’s tracing does not see'],
      ['/api/by-frame', `a frame sent it, which has to be traced by itself: ${site.origin}/frame`],
      ['blob:', 'it goes to no server: blob:'],
    ]),
  )
})

test('a request that tracing knows nothing of is not blamed on the list', async ({ site }) => {
  const reasonOf = async (html: string) => {
    site.page('/', html)
    const { out } = await verify(`${site.origin}/`, '--seconds', '0', '--json')
    return JSON.parse(out).requests[0].reason
  }
  const early = `<script>fetch('/api/early')</script>`
  expect(await reasonOf(early)).toBe('the page is not traced')
  expect(await reasonOf(early + traced('data-apis="/api/"'))).toMatch(/^tracing made no span of it: it was sent before/)
})

test('an API that nothing was sent to is a problem', async ({ site }) => {
  site.page(
    '/',
    `${traced('data-apis="/api/"')}<script>ordertrace.order('price', () => fetch('/api/price?x=1'))</script>`,
  )
  const api = async (...patterns: string[]) => {
    const { code, out } = await verify(
      `${site.origin}/`,
      ...['--seconds', '1', '--hold', '--json'],
      ...patterns.flatMap((pattern) => ['--api', pattern]),
    )
    return [code, JSON.parse(out).problems]
  }
  expect(await api('*/api/price', '*/api/price?x=*')).toEqual([0, []])
  expect(await api('*/api/prices', '*/api/price?y=*')).toEqual([
    1,
    ['*/api/prices', '*/api/price?y=*'].map(
      (pattern) => `no request matched --api ${pattern}: it proves nothing; does --script do what sends one?`,
    ),
  ])
})

test('a page that is not there is a problem', async ({ site }) => {
  site.on('/lost', (_, response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('Not here'))
  const lost = await verify(`${site.origin}/lost`, '--seconds', '0')
  expect(lost.code).toBe(1)
  expect(lost.out).toContain('✗ the page answered 404')
  expect(lost.out).toContain('--hold keeps them from it')
})

const WRONG: [string[], string][] = [
  [[], 'Give one URL: ordertrace verify https://shop.example/checkout'],
  [['shop.example'], '"shop.example" is no URL of a page: write it whole, with http:// or https://.'],
  [['http://a.example', '--seconds', 'x'], '--seconds is a number up to 3600, not "x".'],
  [['http://a.example', '--script', '/no/such.mjs'], '--script: there is no file /no/such.mjs.'],
  [['http://a.example', '--storage-state', '/no/such.json'], '--storage-state: there is no file /no/such.json.'],
  [['http://a.example', '--sconds', '1'], "Unknown option '--sconds'"],
]
test('called wrongly it says so in a line and ends with 2; a page that cannot be opened with 1', async () => {
  for (const [args, message] of WRONG) {
    const { code, out, err } = await verify(...args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(message)
  }
  const refused = await verify('http://127.0.0.1:9/')
  expect([refused.code, refused.out]).toEqual([1, ''])
  expect(refused.err).toContain('http://127.0.0.1:9/ cannot be opened: net::ERR_')
  expect((await verify('--help')).out).toContain('ordertrace verify <url> [options]')
})
