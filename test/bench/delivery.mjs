import { chromium } from '@playwright/test'
import { register } from 'tsx/esm/api'
import { ASKING, starts } from './starts.mjs'

register()
const { COLLECTOR, createSite } = await import('../support/site.ts')
const { waysToLeave } = await import('./ways-to-leave.mjs')

/** So many at a time: most of the time is waiting. */
const AT_ONCE = 5
/** What was lost never comes, and what is late has come by then. */
const ORDINARY_WAIT_MS = 8000

/** How the page makes its order: three requests. */
const PAGE = `<title>shop</title><a href="/next">next</a><form action="/next"><button>send</button></form>`
const submit = `window.submit = (id) => window.order(id, async () => {
  await fetch('/api/stock')
  const answer = await fetch('/api/orders', { method: 'POST', body: '{}' })
  await answer.json()
})`

/**
 * The share of orders whose span reached the collector, by what happened to page and collector, and how often a span came twice.
 * @param {{ executablePath: string, args: string[] }} browserOptions
 * @param {{ name: string, code: string }[]} contenders
 * @param {number} runs of each
 * @param {string | undefined} filter a part of the name of what happens
 * @param {(line: string) => void} log
 */
export async function measureDelivery(browserOptions, contenders, { runs, filter = '', log }) {
  const browser = await chromium.launch(browserOptions)
  try {
    const rows = []
    for (const way of waysToLeave.filter(({ name }) => name.includes(filter))) {
      const row = { name: way.name }
      const asking = contenders.flatMap((one) =>
        way.isUnseen && one.name === 'ordertrace' ? [{ ...one, name: ASKING }] : [],
      )
      for (const contender of [...contenders, ...asking]) {
        const results = await inTurns(runs, () => {
          const run = (itsBrowser) => runOnce(itsBrowser, contender, way)
          return way.hasOwnBrowser ? inOwnBrowser(browserOptions, run) : run(browser)
        })
        row[contender.name] = `${results.filter(({ arrived }) => arrived).length} of ${runs}`
        const twice = results.filter(({ isTwice }) => isTwice).length
        if (twice > 0) row[contender.name] += `, ${twice} twice`
      }
      log(Object.values(row).join(' │ '))
      rows.push(row)
    }
    return rows
  } finally {
    await browser.close()
  }
}

async function inTurns(runs, run) {
  const results = []
  const next = async () => {
    while (results.length < runs) {
      const place = results.push(undefined) - 1
      results[place] = await run()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  return results
}

async function inOwnBrowser(browserOptions, run) {
  const browser = await chromium.launch(browserOptions)
  try {
    return await run(browser)
  } finally {
    await browser.close()
  }
}

async function runOnce(browser, contender, { run, waitMs = ORDINARY_WAIT_MS, ...surroundings }) {
  const site = await openSite(contender, surroundings)
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(`${site.origin}/shop`)
    await run({ page, context, site, id: 'o-1' })
    const isOrder = ({ name, attributes }) => name === 'order.submit' && attributes.order_id === 'o-1'
    const arrived = await site.spans.find(isOrder, 'the order', waitMs).catch(() => undefined)
    // The next page sends again what it sends again as soon as it has started.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const ids = site.spans.all.map(({ spanId }) => spanId)
    return { arrived: arrived !== undefined, isTwice: new Set(ids).size < ids.length }
  } finally {
    await context.close()
    await site.close()
  }
}

/** @param {{ isElsewhere?: boolean, documentMs?: number }} [surroundings] as of a `Way` */
async function openSite({ name, code }, { isElsewhere, documentMs = 0 } = {}) {
  const site = await createSite()
  const collector = isElsewhere ? `window.collector = '${site.other}${COLLECTOR}'` : ''
  site.on('/sdk.js', (_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/javascript' })
      .end([code, collector, starts[name], submit].join('\n;'))
  })
  for (const path of ['/shop', '/next', '/before'])
    site.on(path, async (_request, response) => {
      await new Promise((resolve) => setTimeout(resolve, documentMs))
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<script src="/sdk.js"></script>${PAGE}`)
    })
  return site
}

/** Bytes and requests to the collector for one flow: page load, one order with three requests, idle, leave. */
export async function measureWire(browserOptions, contenders) {
  const browser = await chromium.launch(browserOptions)
  try {
    const rows = []
    for (const contender of contenders) {
      const site = await openSite(contender)
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(`${site.origin}/shop`)
      await page.evaluate(() =>
        window.order('o-1', async () => {
          for (const path of ['/api/stock', '/api/price', '/api/orders']) await fetch(path)
        }),
      )
      await site.spans.find(({ name }) => name === 'order.submit', 'the order')
      await new Promise((resolve) => setTimeout(resolve, 7000))
      await page.close()
      await new Promise((resolve) => setTimeout(resolve, 1000))
      const sizes = site.exports.all.map(({ headers }) => Number(headers['content-length']))
      rows.push({
        name: contender.name,
        bytes: sizes.reduce((sum, size) => sum + size, 0),
        requests: sizes.length,
        spans: site.spans.all.length,
      })
      await context.close()
      await site.close()
    }
    return rows
  } finally {
    await browser.close()
  }
}
