import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { traced } from '../support/script-tag-page'
import { test as base, expect } from '../support/traces-test'

// docs/playwright.md says that this is how.
const test = base.extend({
  browser: [
    async ({ playwright }, use, { project }) => {
      const folder = await mkdtemp(join(tmpdir(), 'profile-'))
      const context = await playwright.chromium.launchPersistentContext(folder, project.use.launchOptions)
      const browser = context.browser()
      if (!browser) throw new Error('a persistent context has no browser before Playwright 1.53')
      await use(browser)
      await context.close()
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  context: async ({ browser, traces: _ }, use) => {
    const [context] = browser.contexts()
    if (context) await use(context)
  },
})

const order = (id: string) => `ordertrace.order('submit', { id: '${id}' }, () => fetch('/api/orders')).then(() => {})`

for (const turn of ['first', 'second']) {
  test(`a profile that outlives the tests: the ${turn} has its own traces`, async ({ page, context, site, traces }) => {
    for (const path of ['/', '/next']) site.page(path, traced())
    await page.goto(site.origin)
    await page.evaluate(order(`o-${turn}`))
    await expect(traces).toHaveOrder(`o-${turn}`, { step: 'submit', outcome: 'confirmed' })
    await expect(traces.request('GET', '/api/orders')).toCarryTraceparent({ of: traces.order(`o-${turn}`) })
    const tab = await context.newPage()
    await tab.goto(site.origin)
    void tab.evaluate(order(`o-${turn}-leaving`)).catch(() => {})
    await expect.poll(() => traces.request('GET', '/api/orders').all()).toHaveLength(2)
    await tab.close()
    await expect(traces).toHaveOrder(`o-${turn}-leaving`)
    await expect(traces).toBeUnbroken()
    const ids = traces.spans({ name: 'order.submit' }).map(({ attributes }) => attributes.order_id)
    expect(ids).toEqual([`o-${turn}`, `o-${turn}-leaving`])
    await page.close()
  })
}
