import { decodeSpans } from '../support/otlp.ts'
import { COLLECTOR } from '../support/site.ts'

/**
 * What happens to a page with an order, and to its collector. `run` gets a page on which `submit(id)` makes an order and resolves when it has ended, and
 * the site with its collector.
 * @typedef {{ page: import('@playwright/test').Page, context: import('@playwright/test').BrowserContext, site: import('../support/site.ts').Site, id: string }} Run
 * `hasOwnBrowser`: the browser is one for this run alone; `isElsewhere`: the collector has an origin of its own; `documentMs`: how long the server takes for a
 * page; `isUnseen`: no page may see that the order was refused, so this is run with `unanswered: 'ask'` too.
 * @typedef {{ name: string, run(run: Run): Promise<unknown>, waitMs?: number, hasOwnBrowser?: boolean, isElsewhere?: boolean, documentMs?: number, isUnseen?: boolean }} Way
 * @type {Way[]}
 */
const ways = [
  leaving('location.href as the order’s request returns', () => {
    location.href = '/next'
  }),
  leaving('location.replace', () => location.replace('/next')),
  leaving('a link', () => document.querySelector('a').click()),
  leaving('a form', () => document.querySelector('form').requestSubmit()),
  leaving('reload', () => location.reload()),
  leaving('history.back', () => history.back()),
  {
    name: 'navigation while the order’s request runs',
    async run({ page, site, id }) {
      site.on('/api/orders', () => {})
      await page.evaluate((id) => void submit(id), id)
      await site.requests.find(({ path }) => path === '/api/orders', 'the request of the order')
      await page.evaluate(() => {
        location.href = '/next'
      })
      await page.waitForURL('**/next')
    },
  },
  {
    name: 'tab closed',
    async run({ page, id }) {
      await page.evaluate((id) => submit(id), id)
      await page.close()
    },
  },
  {
    name: 'browser context closed',
    async run({ page, context, id }) {
      await page.evaluate((id) => submit(id), id)
      await context.close()
    },
  },
  {
    name: 'browser shut down',
    hasOwnBrowser: true,
    async run({ page, context, id }) {
      await page.evaluate((id) => submit(id), id)
      await context.browser().close()
    },
  },
  {
    name: 'browser shut down a round trip after the order',
    hasOwnBrowser: true,
    async run({ page, context, id }) {
      await page.evaluate((id) => submit(id), id)
      await page.evaluate(async () => (await fetch('/api/after')).text())
      await context.browser().close()
    },
  },
  {
    name: 'renderer crash right after the order',
    async run({ page, context, id }) {
      await page.evaluate((id) => submit(id), id)
      const session = await context.newCDPSession(page)
      const crashed = page.waitForEvent('crash')
      session.send('Page.crash').catch(() => {})
      await crashed
    },
  },
  {
    name: '503 while the page leaves, well on the next page',
    async run({ page, site, id }) {
      const recover = await leaveWith(site, page, id, (_request, response) => void response.writeHead(503).end())
      recover()
    },
    waitMs: 12_000,
    isUnseen: true,
  },
  {
    name: 'one request refused with 503 as the page leaves',
    async run({ page, site, id }) {
      await leaveWith(site, page, id, (_request, response) => {
        collect(site, (response) => response.end('{}'))
        response.writeHead(503).end()
      })
    },
    waitMs: 12_000,
    isUnseen: true,
  },
  {
    name: 'collector down until the next page has loaded',
    async run({ page, site, id }) {
      const recover = await leaveWith(site, page, id, (_request, response) => void response.destroy())
      recover()
      await page.reload()
    },
    waitMs: 12_000,
    isUnseen: true,
  },
  {
    name: '503 for 5 s on a page that stays',
    async run({ page, site, id }) {
      const recover = fail(site, (_request, response) => void response.writeHead(503).end())
      await page.evaluate((id) => submit(id), id)
      await new Promise((resolve) => setTimeout(resolve, 5000))
      recover()
    },
    // The second try comes after 4 to 8 s, a third after 8 to 16 more.
    waitMs: 30_000,
  },
  {
    name: 'offline, closed, opened again',
    async run({ page, context, site, id }) {
      await context.setOffline(true)
      await page.evaluate((id) => submit(id).catch(() => {}), id)
      await page.close()
      await context.setOffline(false)
      const next = await context.newPage()
      await next.goto(`${site.origin}/next`)
    },
    waitMs: 12_000,
  },
  {
    name: 'nobody answers, closed, opened again',
    async run({ page, context, site, id }) {
      const asked = createDeaf(site)
      await page.evaluate((id) => submit(id), id)
      await asked
      // A page that is closed sooner cannot know.
      await page.waitForTimeout(1500)
      await page.close()
      collect(site, (response) => response.end('{}'))
      const next = await context.newPage()
      await next.goto(`${site.origin}/next`)
    },
    // The next page looks after 5 s, and takes its turn at the storage.
    waitMs: 20_000,
  },
  {
    name: 'after 40 batches answered with no-store and a body',
    async run({ page, site, id }) {
      const answer = { 'cache-control': 'no-store', 'content-type': 'application/json' }
      collect(site, (response) => response.writeHead(200, answer).end(JSON.stringify({ filler: 'x'.repeat(200) })))
      await page.evaluate(async () => {
        for (let i = 0; i < 40; i++) {
          await submit(`filler-${i}`)
          // A peer rejects where a request of its own has failed.
          await flush().catch(() => {})
        }
      })
      await page.evaluate((id) => submit(id), id)
      await page.close()
    },
  },
]

/** A shop that writes its page for each customer takes longer. */
const DOCUMENT_MS = 20
const dependingOnIt = [
  'location.href as the order’s request returns',
  '503 while the page leaves, well on the next page',
  'one request refused with 503 as the page leaves',
  'collector down until the next page has loaded',
]

/** What a request needs that asks for leave first. */
const crossing = ['location.href as the order’s request returns', 'tab closed', 'renderer crash right after the order']

export const waysToLeave = ways.flatMap((way) => [
  way,
  ...(crossing.includes(way.name)
    ? [{ ...way, name: `${way.name}, collector on another origin`, isElsewhere: true }]
    : []),
  ...(dependingOnIt.includes(way.name)
    ? [{ ...way, name: `${way.name}, documents take ${DOCUMENT_MS} ms`, documentMs: DOCUMENT_MS }]
    : []),
])

function leaving(name, leave) {
  return {
    name,
    isUnseen: true,
    async run({ page, site, id }) {
      await page.goto(`${site.origin}/before`)
      await page.goto(`${site.origin}/shop`)
      const left = page.waitForEvent('framenavigated')
      await page
        .evaluate(`void submit(${JSON.stringify(id)}).then(${leave})`)
        // The page may be gone before it can answer.
        .catch(() => {})
      await left
    },
  }
}

/** Lets the page leave while the collector answers so. @returns lets the collector be well again */
async function leaveWith(site, page, id, answer) {
  const recover = fail(site, answer)
  const left = page.waitForURL('**/next')
  await page.evaluate(`void submit(${JSON.stringify(id)}).then(() => { location.href = '/next' })`).catch(() => {})
  await left
  return recover
}

/** Nothing that is sent is answered. @returns resolves when something was sent */
const createDeaf = (site) => new Promise((resolve) => site.on(COLLECTOR, () => resolve()))

function fail(site, answer) {
  site.on(COLLECTOR, answer)
  return () => collect(site, (response) => response.end('{}'))
}

function collect(site, answer) {
  site.on(COLLECTOR, (request, response) => {
    site.spans.add(...decodeSpans(JSON.parse(request.body)))
    answer(response)
  })
}
