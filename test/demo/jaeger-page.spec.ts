import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as base, expect } from '@playwright/test'
import { findJaegerPage } from '../../demo/launcher/start-trace-store'
import { createStorePages } from '../../demo/trace-gate/store-pages'

/** What the page of Jaeger is made of, as far as a policy could break it: its base and its configuration by scripts within it, one of its own. */
const jaegerPage = (more = '') => `<!doctype html><html><head>
<script>document.currentScript.insertAdjacentHTML('afterend', '<base href="/" />')</script>
<script>window.config = { menu: ['Где теряются заказы'] }</script>${more}</head>
<body><div id="jaeger-ui-root" style="color: rgb(1, 2, 3)"></div><script type="module" src="static/main.js"></script></body></html>`

const test = base.extend<{ serve: (listener: RequestListener) => Promise<string> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  serve: async ({}, use) => {
    const servers: Server[] = []
    await use(async (listener) => {
      const server = createServer(listener).listen(0, '127.0.0.1')
      servers.push(server)
      await new Promise((resolve) => server.once('listening', resolve))
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    })
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
  },
})

/** A Jaeger, and the pages of the gate before it; what is not theirs is answered by nobody here but the page's own script. */
async function open(serve: (listener: RequestListener) => Promise<string>, hasJaegerPage: boolean): Promise<string> {
  const jaeger = await serve((_request, response) => response.setHeader('content-type', 'text/html').end(jaegerPage()))
  const pages = createStorePages(jaeger, { hasJaegerPage })
  return serve(async (request, response) => {
    if (await pages(response, request.url ?? '/')) return
    response.setHeader('Content-Type', 'text/javascript')
    response.end(
      "document.querySelector('#jaeger-ui-root').textContent = window.config.menu[0] + ' ' + document.baseURI",
    )
  })
}

test('the page of Jaeger works behind the gate at every address of its own', async ({ serve, page }) => {
  const gate = await open(serve, true)
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  for (const path of ['/', '/search?service=crm', `/trace/${'a'.repeat(32)}`]) {
    await page.goto(gate + path)
    await expect(page.locator('#jaeger-ui-root')).toHaveText(`Где теряются заказы ${gate}/`)
    await expect(page.locator('#jaeger-ui-root')).toHaveCSS('color', 'rgb(1, 2, 3)')
  }
  expect(complaints).toEqual([])
})

test('a script that got into the page of Jaeger afterwards does not run', async ({ serve, page }) => {
  const gate = await open(serve, true)
  await page.goto(gate)
  const insert = () => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "taken"'
    document.body.append(script)
  }
  await page.evaluate(insert)
  expect(await page.title()).toBe('')
  // The positive: without the policy it would.
  const free = await serve((_request, response) => response.setHeader('content-type', 'text/html').end(jaegerPage()))
  await page.goto(free)
  await page.evaluate(insert)
  expect(await page.title()).toBe('taken')
})

test('our own page is there beside it, and first where Jaeger has none', async ({ serve }) => {
  const [beside, alone] = [await open(serve, true), await open(serve, false)]
  for (const [gate, store] of [
    [beside, 'jaeger page'],
    [alone, 'jaeger'],
  ]) {
    expect(await (await fetch(`${gate}/by-order/?order_id=o-1`)).text()).toContain(`data-store="${store}"`)
    expect((await fetch(`${gate}/by-order/page.js`)).headers.get('content-type')).toContain('text/javascript')
  }
  const first = await fetch(`${alone}/?order_id=o-1`, { redirect: 'manual' })
  expect([first.status, first.headers.get('location')]).toEqual([302, '/by-order/?order_id=o-1'])
  expect(await (await fetch(`${beside}/?order_id=o-1`)).text()).toContain('jaeger-ui-root')
})

test('a Jaeger without its page is told by its placeholder; one that is away is taken to have one', async ({
  serve,
}) => {
  const [whole, placeholder] = await Promise.all(
    [jaegerPage(), '<title>Test Page</title>'].map((text) => serve((_request, response) => response.end(text))),
  )
  expect(await findJaegerPage(whole as string)).toBe('jaeger page')
  expect(await findJaegerPage(placeholder as string)).toBe('jaeger')
  expect(await findJaegerPage('http://127.0.0.1:1')).toBe('jaeger page')
})
