import type { Browser, BrowserContext } from '@playwright/test'
import { createIntake } from '../../src/collector/intake'
import { createPageRequests } from '../../src/playwright/page-requests'
import { receiveInBrowser } from '../../src/playwright/receive-in-browser'
import { watchRequests } from '../../src/playwright/watch-requests'
import { Happenings } from '../support/happenings'
import type { Site } from '../support/site'
import { expect, test } from '../support/test'

const COLLECTOR = '/of/two/tests'
const span = (name: string) =>
  JSON.stringify({
    resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name, kind: 1 }] }] }],
  })
const post = (name: string, options = '') =>
  `fetch('${COLLECTOR}', { method: 'POST', body: ${JSON.stringify(span(name))} ${options} })`
/** Sends at once, when it is left, and, by the browser, some time after it has gone. */
const sendingPage = (name: string, rest = '') => `<title>shop</title><script>
  ${post(`${name}: at once`)}
  addEventListener('pagehide', () => ${post(`${name}: on leaving`, ', keepalive: true')})
  fetchLater('${COLLECTOR}', { method: 'POST', body: ${JSON.stringify(span(`${name}: later`))} })
</script>${rest}`

/** A collector that hears everything, and what each of several tests of a worker hears, one after the other. */
async function createTurns(browser: Browser, site: Site) {
  const passed = new Happenings<string>()
  site.on(COLLECTOR, (request, response) => {
    passed.add(JSON.parse(request.body).resourceSpans[0].scopeSpans[0].spans[0].name)
    response.end()
  })
  const receiver = await receiveInBrowser(browser, { collector: `*${COLLECTOR}`, passOn: true })
  const watch = watchRequests(browser)
  return {
    passed,
    begin() {
      const intake = createIntake()
      const requests = createPageRequests((url) => url.endsWith(COLLECTOR))
      receiver.receiveInto(intake)
      watch.noteIn(requests)
      const names = () =>
        intake.log
          .spans()
          .map(({ name }) => name)
          .sort()
      const asked = () => requests.all.map(({ url }) => new URL(url).pathname)
      return { names, asked, summary: intake.log.summary }
    },
    end() {
      receiver.receiveInto(undefined)
      watch.noteIn(undefined)
    },
    async stop() {
      watch.stop()
      await receiver.stop()
    },
  }
}

const open = async (context: BrowserContext, url: string) => {
  const page = await context.newPage()
  await page.goto(url)
  return page
}

test('what the pages, frames and workers of a test send late is not the next test’s', async ({ browser, site }) => {
  const elsewhere = site.origin.replace('127.0.0.1', 'localhost')
  const workers = `<script>new Worker('/worker.js'); new SharedWorker('/worker.js'); onmessage = () => fetch('/api/late')</script>`
  site.page(
    '/',
    sendingPage('page', `<iframe src="/frame"></iframe><iframe src="${elsewhere}/far"></iframe>${workers}`),
  )
  site.page('/frame', sendingPage('frame'))
  site.page('/far', sendingPage('far', '<iframe src="/nested"></iframe>'))
  site.page('/nested', sendingPage('nested'))
  site.page('/next', sendingPage('next'))
  site.on('/worker.js', (_, response) => {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(post('worker'))
  })
  const turns = await createTurns(browser, site)
  const first = turns.begin()
  const context = await browser.newContext()
  const page = await open(context, site.origin)
  const pages = ['page', 'frame', 'far', 'nested']
  const atOnce = [...pages.map((name) => `${name}: at once`), 'worker', 'worker'].sort()
  await turns.passed.waitUntil((names) => names.length === atOnce.length, 'what is sent at once')
  expect(first.names()).toEqual(atOnce)

  turns.end()
  const second = turns.begin()
  await page.evaluate(() => fetch('/api/late'))
  await page.close()
  const late = pages.flatMap((name) => [`${name}: on leaving`, `${name}: later`])
  await turns.passed.waitUntil((names) => late.every((name) => names.includes(name)), 'what is sent late')
  const other = await browser.newContext()
  const next = await open(other, `${site.origin}/next`)
  await turns.passed.waitUntil((names) => names.includes('next: at once'), 'what the next test sends')
  await next.close()
  await turns.passed.waitUntil((names) => names.includes('next: later'), 'what the next test sends late')
  await turns.passed.waitUntil((names) => names.includes('next: on leaving'), 'what the next test sends on leaving')
  expect(first.names()).toEqual(atOnce)
  expect(second.names()).toEqual(['next: at once', 'next: later', 'next: on leaving'])
  expect(first.asked()).not.toContain('/api/late')
  expect(second.summary()).toContain(`${late.length} requests of pages that earlier tests opened came too, left out.`)
  expect(second.asked()).toEqual(['/next'])
  await Promise.all([context.close(), other.close()])
  await turns.stop()
})

test('tests share what was opened between them, and what goes on to another page', async ({ browser, site }) => {
  site.page('/', sendingPage('shared'))
  site.page('/again', sendingPage('again'))
  const turns = await createTurns(browser, site)
  const between = await browser.newContext()
  const shared = await between.newPage()
  for (const turn of [1, 2]) {
    const { names, asked } = turns.begin()
    const sent = turns.passed.all.length
    await shared.goto(site.origin)
    await turns.passed.waitUntil((all) => all.slice(sent).includes('shared: at once'), 'what the shared page sends')
    expect(names()).toContain('shared: at once')
    expect(asked(), `of test ${turn}`).toEqual(['/'])
    turns.end()
  }
  turns.begin()
  const kept = await open(await browser.newContext(), site.origin)
  turns.end()
  const later = turns.begin()
  await kept.goto(`${site.origin}/again`)
  await turns.passed.waitUntil((all) => all.includes('again: at once'), 'what the page sends that a test left open')
  expect(later.names()).toContain('again: at once')
  expect(later.asked()).toEqual(['/again'])
  await Promise.all([between.close(), kept.context().close()])
  await turns.stop()
})
