import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, isOrder, test } from '../support/test'

const TRACED = '<script src="/ordertrace.min.js" data-service="crm" data-apis="/api/"></script>'

test('a page that comes back from the back/forward cache goes on tracing', async ({
  playwright,
  launchOptions,
  site,
}) => {
  site.page('/first', `${TRACED}<script>window.mark = 'kept'</script>`)
  site.page('/second', '<title>second</title>')
  // Playwright switches the cache off.
  const ignoreDefaultArgs = ['--disable-back-forward-cache']
  const browser = await playwright.chromium.launch({ ...launchOptions, ignoreDefaultArgs })
  try {
    const page = await browser.newPage()
    await page.goto(`${site.origin}/first`)
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
  } finally {
    await browser.close()
  }
})

test('a page that is prerendered is traced, and its load begins when it is shown', async ({
  playwright,
  launchOptions,
  site,
}) => {
  let show = () => {}
  site.on('/go', (_request, response) => {
    show = () => void response.end()
  })
  site.page(
    '/shop',
    `<script type="speculationrules">{ "prerender": [{ "urls": ["/prerendered"], "eagerness": "immediate" }] }</script>
     <script>fetch('/go').then(() => location.assign('/prerendered'))</script>`,
  )
  site.page(
    '/prerendered',
    `${TRACED}<script>
      document.addEventListener('prerenderingchange', () => fetch('/api/shown'))
      ordertrace.order('prepare', () => fetch('/api/prepared?' + document.prerendering))
    </script>`,
  )
  // Started plainly: a browser that is driven holds a prerendered page at its first script.
  const profile = await mkdtemp(join(tmpdir(), 'ordertrace-'))
  const { executablePath = playwright.chromium.executablePath(), args = [] } = launchOptions
  const command = [...args, '--headless=new', `--user-data-dir=${profile}`, `${site.origin}/shop`]
  const browser = spawn(executablePath, command, { detached: true, stdio: 'ignore' })
  try {
    const prepared = await site.requests.find(({ path }) => path.startsWith('/api/prepared'), 'the page to be prepared')
    expect(prepared.path).toBe('/api/prepared?true')
    expect(prepared.headers.traceparent).toBeDefined()
    show()
    const shown = await site.requests.find(({ path }) => path === '/api/shown', 'the page to be shown')
    expect(shown.headers.traceparent).toBeDefined()
    const load = await site.spans.find(({ name }) => name === 'documentLoad', 'the span of its load')
    const order = await site.spans.find(isOrder('prepare'), 'the order')
    expect(load.startTime).toBeGreaterThan(order.startTime)
  } finally {
    const end = once(browser, 'exit')
    process.kill(-(browser.pid as number), 'SIGKILL')
    await end
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
})
