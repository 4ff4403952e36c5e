import { type Browser, chromium } from '@playwright/test'
import { arrived } from '../support/arrived'
import { traced } from '../support/script-tag-page'
import { test as base, expect, isOrder } from '../support/test'
import { twice } from '../support/twice'

/** A browser with a back/forward cache: the tests' own has none. */
const test = base.extend<object, { cachingBrowser: Browser }>({
  cachingBrowser: [
    async ({ launchOptions }, use) => {
      const ignoreDefaultArgs = ['--disable-back-forward-cache']
      const browser = await chromium.launch({ ...launchOptions, ignoreDefaultArgs })
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
})

/** The page drives itself, for Playwright does not follow a page into the cache and out of it. */
const SHOP = `<script>
  let round = 0
  const order = (step) => ordertrace.order(step, { id: 'o-1' }, () => fetch('/api/orders', { method: 'POST' }))
  addEventListener('pageshow', async ({ persisted }) => {
    if (persisted) await order('after-' + round)
    await ordertrace.flush()
    const { spans } = ordertrace.diagnostics()
    await fetch('/api/shown', { method: 'POST', body: JSON.stringify({ persisted, spans }) })
    if (++round > 3) return
    order('before-' + round)
    location.href = '/next'
  })
</script>`
const NEXT = '<script>addEventListener("pageshow", () => setTimeout(() => history.back()))</script>'

for (const [attribute, outcome] of Object.entries({
  '': 'what is sent again is the very same',
  'data-unanswered="ask"': 'nothing is sent twice',
})) {
  test(`a page restored from the back/forward cache goes on tracing, and ${outcome}`, async ({
    cachingBrowser,
    site,
  }) => {
    site.page('/shop', traced(`data-user-id="u-7" ${attribute}`, SHOP))
    site.page('/next', NEXT)
    const page = await cachingBrowser.newPage()
    await page.goto(`${site.origin}/shop`, { waitUntil: 'commit' })
    const isShown = ({ path }: { path: string }) => path === '/api/shown'
    const all = await site.requests.waitUntil(
      (requests) => requests.filter(isShown).length === 4,
      'the page shown again',
    )
    const shown = all.filter(isShown).map(({ body }) => JSON.parse(body))
    // We did not keep the page out of the cache.
    expect(shown.map(({ persisted }) => persisted)).toEqual([false, true, true, true])
    for (const round of [1, 2, 3]) {
      const before = await site.spans.find(isOrder(`before-${round}`), 'the order before')
      // Its request returned before the page was gone, or not.
      expect(['confirmed', 'abandoned']).toContain(before.attributes['order.outcome'])
      const after = await site.spans.find(isOrder(`after-${round}`), 'the order after')
      expect(after.attributes).toMatchObject({ 'order.outcome': 'confirmed', user_id: 'u-7' })
    }
    for (const { headers } of site.requests.all.filter(({ path }) => path === '/api/orders'))
      expect(headers.traceparent).toBeDefined()
    arrived(site.collector.log.deliveries)
    if (attribute) expect(twice(site.spans.all)).toEqual([])
    const { spans } = shown.at(-1)
    expect(spans.made + spans.restored).toBe(spans.sent + spans.waiting + spans.stored)
    expect(spans.dropped).toEqual({})
  })
}
