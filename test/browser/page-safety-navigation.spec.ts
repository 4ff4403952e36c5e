import type { Browser } from '@playwright/test'
import { compareDays } from '../support/compare-days'
import { openFresh } from '../support/open-fresh'
import { openPlainly } from '../support/plain-browser'
import { traced } from '../support/script-tag-page'
import { test as base, expect, isOrder } from '../support/test'

/** A browser with a back/forward cache: Playwright switches it off. */
const test = base.extend<{ cachingBrowser: Browser }>({
  cachingBrowser: async ({ playwright, launchOptions }, use) => {
    const ignoreDefaultArgs = ['--disable-back-forward-cache']
    const browser = await playwright.chromium.launch({ ...launchOptions, ignoreDefaultArgs })
    await use(browser)
    await browser.close()
  },
})

test('a page that comes back from the back/forward cache goes on tracing', async ({ cachingBrowser, site }) => {
  site.page('/first', traced())
  site.page('/second', '<title>second</title>')
  await openFresh(cachingBrowser, `${site.origin}/first`, async (page) => {
    await page.evaluate(() => {
      const order = (name: string, path: string) =>
        window.ordertrace.order(name, async () => (await fetch(path)).text())
      // The page itself, for whoever drives the browser takes a page that comes back for a new one.
      addEventListener('pageshow', ({ persisted }) => void order('after', `/api/after?persisted=${persisted}`))
      return order('before', '/api/before')
    })
    await site.spans.find(isOrder('before'), 'the order before')
    await page.goto(`${site.origin}/second`)
    await page.evaluate(() => history.back()).catch(() => {})
    const order = await site.spans.find(isOrder('after'), 'the order after')
    const after = site.requests.all.find(({ path }) => path.startsWith('/api/after'))
    // From the cache, or this proves nothing.
    expect(after?.path).toBe('/api/after?persisted=true')
    expect(after?.headers.traceparent).toContain(order.traceId)
  })
})

/** Tells of one day, goes, comes back, and tells of another, and of what it had begun before. */
const COMES_BACK = `
  const order = []
  const begun = live(() => {
    const { promise, resolve } = Promise.withResolvers()
    addEventListener('back', function ({ type }) { order.push([type, this === window]); resolve(type) })
    promise.then((type) => order.push(['then ' + type]))
    return (async () => {
      await promise
      order.push(['awaited'])
      return new Promise((resolve) => setTimeout(resolve, 1, 'of before'))
    })()
  })
  addEventListener('pageshow', async ({ persisted }) => {
    if (!persisted) {
      await live(day).then(tell)
      return setTimeout(() => { location.href = '/next' })
    }
    openTheOrder()
    dispatchEvent(new Event('back'))
    tell({ persisted, begun: await begun, order, ...await live(day) })
  })`

test('a page that comes back from the back/forward cache lives through the same days as without tracing', async ({
  cachingBrowser,
  site,
}) => {
  site.page('/next', '<script>addEventListener("pageshow", () => setTimeout(() => history.back()))</script>')
  const [, back] = await compareDays(
    site,
    (_how, told) => openFresh(cachingBrowser, `${site.origin}/day`, () => told(2)),
    { life: COMES_BACK },
  )
  expect(back).toMatchObject({
    persisted: true,
    begun: 'of before',
    order: [['back', true], ['then back'], ['awaited']],
  })
})

const SHOWS_NEXT = (next: string) =>
  `<script type="speculationrules">{ "prerender": [{ "urls": ["${next}"], "eagerness": "immediate" }] }</script>
   <script>fetch('/go').then(() => location.assign('${next}'))</script>`

test('a page that is prerendered is traced, and its load begins when it is shown', async ({ launchOptions, site }) => {
  let show = () => {}
  site.on('/go', (_request, response) => {
    show = () => void response.end()
  })
  site.page('/shop', SHOWS_NEXT('/prerendered'))
  site.page(
    '/prerendered',
    traced(
      '',
      `<script>
        document.addEventListener('prerenderingchange', () => fetch('/api/shown'))
        ordertrace.order('prepare', () => fetch('/api/prepared?' + document.prerendering))
      </script>`,
    ),
  )
  await openPlainly(launchOptions, `${site.origin}/shop`, async () => {
    const prepared = await site.requests.find(({ path }) => path.startsWith('/api/prepared'), 'the page to be prepared')
    expect(prepared.path).toBe('/api/prepared?true')
    expect(prepared.headers.traceparent).toBeDefined()
    show()
    const shown = await site.requests.find(({ path }) => path === '/api/shown', 'the page to be shown')
    expect(shown.headers.traceparent).toBeDefined()
    const load = await site.spans.find(({ name }) => name === 'documentLoad', 'the span of its load')
    const order = await site.spans.find(isOrder('prepare'), 'the order')
    expect(load.startTime).toBeGreaterThan(order.startTime)
  })
})

/** Tells of a day while nobody sees it, and of another when it is shown. */
const IS_PRERENDERED = `
  const told = { prerendering: document.prerendering }
  document.addEventListener('prerenderingchange', async ({ isTrusted }) =>
    tell({ prerendering: document.prerendering, isTrusted, ...await live(day) }))
  live(day).then((seen) => tell({ ...told, ...seen }))`

test('a page that is prerendered lives through the same days as without tracing, before it is shown and after', async ({
  launchOptions,
  site,
}) => {
  let show = () => {}
  site.on('/go', (_request, response) => {
    show = () => void response.end()
  })
  site.page('/shop', SHOWS_NEXT('/day'))
  const seen = await compareDays(
    site,
    (_how, told) =>
      openPlainly(launchOptions, `${site.origin}/shop`, async () => {
        await told()
        show()
        await told(2)
      }),
    { life: IS_PRERENDERED },
  )
  expect(seen).toMatchObject([{ prerendering: true }, { prerendering: false, isTrusted: true }])
})
