import type { Page } from '@playwright/test'
import { compareVisits, VISITS, visit } from '../support/compare'
import type { Site } from '../support/site'
import { expect, test } from '../support/test'

const ask = (page: Page, url: string) =>
  page.evaluate((url) => window.live(() => fetch(url).then(({ status }) => status, String)), url)
const REFUSED = 'TypeError: Failed to fetch'

test('an unlisted origin gets the page’s own arguments, the page the very promise', async ({ page, site }) => {
  site.page(
    '/wrapped',
    `<script src="/module.js"></script><script>
      const native = window.fetch
      window.calls = []
      window.fetch = function (...args) {
        const promise = native.apply(this, args)
        calls.push({ self: this, args, promise })
        return promise
      }
    </script>`,
  )
  const seen = await compareVisits(
    page,
    site,
    () =>
      page.evaluate(
        (other) =>
          window.live(async () => {
            const { calls } = window as unknown as {
              calls: { self: unknown; args: unknown[]; promise: Promise<Response> }[]
            }
            const request = new Request(`${other}/api/c`)
            const given: [RequestInfo | URL, RequestInit?][] = [
              [`${other}/api/a`, { headers: new Headers() }],
              [new URL(`${other}/api/b`), { method: 'POST', body: 'x' }],
              [request],
              [request.clone(), { cache: 'no-store' }],
              ['/elsewhere', Object.freeze({})],
            ]
            const same = given.map((args) => {
              const promise = fetch(...args)
              const call = calls.at(-1)
              return [
                call?.promise === promise,
                call?.args.length === args.length,
                call?.args.every((arg, index) => arg === args[index]),
                call?.self === undefined || call?.self === window,
              ]
            })
            await Promise.all(calls.map(({ promise }) => promise))
            return same
          }),
        site.other,
      ),
    { path: '/wrapped' },
  )
  expect(seen).toEqual(Array(5).fill([true, true, true, true]))
})

test('an API that refuses our header is not affected unless it is listed', async ({ page, site }) => {
  site.corsHeaders = ''
  const seen = await compareVisits(page, site, () => ask(page, `${site.other}/api/a`))
  expect(seen).toBe(200)
  expect(site.preflights.all).toEqual([])
  // That the refusal is one: listed, it fails, as the manual says.
  await visit(page, site, 'traced', { apis: [site.other] })
  expect(await ask(page, `${site.other}/api/a`)).toBe(REFUSED)
  expect(site.preflights.all).toHaveLength(1)
})

const redirect = (site: Site, path: string, to: string) =>
  site.on(path, (_request, response) => void response.writeHead(302, { location: to }).end())

test('an unlisted path that redirects to another origin, and back, causes no preflight', async ({ page, site }) => {
  site.corsHeaders = ''
  redirect(site, '/away', `${site.other}/api/a`)
  redirect(site, '/there', '/away')
  const seen = await compareVisits(page, site, async () => [
    await ask(page, `${site.origin}/away`),
    await ask(page, `${site.origin}/there`),
  ])
  expect(seen).toEqual([200, 200])
  expect(site.preflights.all).toEqual([])
  const arrived = site.requests.all.filter(({ origin }) => origin === site.other)
  expect(arrived).toHaveLength(2 * VISITS.length)
  expect(arrived.filter(({ headers }) => headers.traceparent)).toEqual([])
})

// A header travels with the redirect (https://fetch.spec.whatwg.org/#http-redirect-fetch), and where a request leads is known only when it is
// there: whoever lists an API that redirects to another origin has to allow the header there, or leave that path out.
test('what cannot be hidden: a listed path that redirects to an origin that refuses our header fails', async ({
  page,
  site,
}) => {
  site.corsHeaders = ''
  redirect(site, '/api/away', `${site.other}/api/a`)
  const seen = []
  for (const how of VISITS) {
    await visit(page, site, how)
    seen.push(await ask(page, `${site.origin}/api/away`))
  }
  expect(seen).toEqual([200, REFUSED, REFUSED])
  await visit(page, site, 'traced', { apis: ['/api/orders'] })
  expect(await ask(page, `${site.origin}/api/away`)).toBe(200)
})

test('a sandboxed frame has no own origin: a listed path of its URL gets no header', async ({ page, site }) => {
  site.corsHeaders = ''
  site.page(
    '/inner',
    `<script src="/module.js"></script><script>
      startTracing({ service: 'internet-shop', apis: ['/api/'] })
      fetch('/api/a').then(({ status }) => parent.postMessage(status, '*'), (error) => parent.postMessage(String(error), '*'))
    </script>`,
  )
  await page.goto(site.origin)
  const askInFrame = (sandbox: string | undefined) =>
    page.evaluate(
      (sandbox) =>
        new Promise((resolve) => {
          addEventListener('message', ({ data }) => resolve(data), { once: true })
          const frame = document.createElement('iframe')
          if (sandbox) frame.setAttribute('sandbox', sandbox)
          frame.src = '/inner'
          document.body.append(frame)
        }),
      sandbox,
    )
  const received = () => site.requests.all.filter(({ path }) => path === '/api/a')
  expect(await askInFrame(undefined)).toBe(200)
  expect(received().at(-1)?.headers.traceparent).toBeDefined()
  expect(await askInFrame('allow-scripts')).toBe(200)
  expect(received().at(-1)?.headers).toMatchObject({ origin: 'null' })
  expect(received().at(-1)?.headers.traceparent).toBeUndefined()
  expect(site.preflights.all).toEqual([])
})
