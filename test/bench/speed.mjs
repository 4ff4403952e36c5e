import { createServer } from 'node:http'
import { chromium } from '@playwright/test'

/** Enough that the slowest request of a run does not decide. */
const REQUESTS = 300
const WARM_UP = 50
const STARTS = 15
const THROTTLE = 4

/**
 * Main-thread time per traced request and at start-up, each beside the peers in one run, in fresh pages.
 * @param {{ executablePath: string, args: string[] }} browserOptions
 * @param {{ name: string, code: string, start: string, order?: boolean }[]} contenders `code` is the script file, `start` what a page runs to start it
 */
export async function measureSpeed(browserOptions, contenders) {
  const server = await serve(contenders)
  const browser = await chromium.launch(browserOptions)
  try {
    const rows = {}
    for (const { name } of contenders) rows[name] = { perRequest: [], perRequestWithFive: [], start: [] }
    // Round after round, so that what else the machine does hits all alike.
    for (let round = 0; round < STARTS; round++) {
      for (const contender of contenders) {
        rows[contender.name].start.push(await measureStart(browser, server.origin, contender))
        if (round % 3 === 0) {
          rows[contender.name].perRequest.push(await measureRequests(browser, server.origin, contender, 0))
          rows[contender.name].perRequestWithFive.push(await measureRequests(browser, server.origin, contender, 5))
        }
      }
    }
    return contenders.map(({ name }) => ({
      name,
      perRequest: median(rows[name].perRequest),
      perRequestWithFive: median(rows[name].perRequestWithFive),
      start: median(rows[name].start),
    }))
  } finally {
    await browser.close()
    server.close()
  }
}

/** Time that the page's thread was busy, in µs per request, over that of the same requests in a page without any tracing. */
async function measureRequests(browser, origin, { name }, open) {
  return inPage(browser, `${origin}/${encodeURIComponent(name)}?start`, async (page, session) => {
    await page.evaluate(requests, [WARM_UP, open])
    const before = await busySeconds(session)
    await page.evaluate(requests, [REQUESTS, open])
    return ((await busySeconds(session)) - before) * (1e6 / REQUESTS)
  })
}

/** In the page: requests one after the other, while `open` operations (or spans) are open. */
async function requests([count, open]) {
  const run = async () => {
    for (let i = 0; i < count; i++) await fetch(`/api/orders?${i}`)
  }
  await (window.withOpen ? window.withOpen(open, run) : run())
}

async function measureStart(browser, origin, { name }) {
  return inPage(browser, `${origin}/empty`, async (page, session) => {
    const code = await (await fetch(`${origin}/${encodeURIComponent(name)}/script.js`)).text()
    await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
    return page.evaluate((text) => {
      const begin = performance.now()
      const script = document.createElement('script')
      script.textContent = text
      document.head.append(script)
      window.begin?.()
      return performance.now() - begin
    }, code)
  })
}

async function inPage(browser, url, measure) {
  const context = await browser.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.goto(url)
  try {
    return await measure(page, session)
  } finally {
    await context.close()
  }
}

async function busySeconds(session) {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration').value
}

async function serve(contenders) {
  const codeOf = (name) => {
    const contender = contenders.find((candidate) => candidate.name === name)
    return contender && `${contender.code}\n;window.begin = () => { ${contender.start} }`
  }
  const server = createServer((request, response) => {
    request.resume()
    const { pathname, search } = new URL(request.url, 'http://x')
    const [, name, file] = decodeURIComponent(pathname).split('/')
    if (name === 'api' || name === 'v1')
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    if (file === 'script.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(codeOf(name))
    const script =
      search === '?start'
        ? `<script src="/${encodeURIComponent(name)}/script.js"></script><script>begin()</script>`
        : ''
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><meta charset=utf-8><body>${script}`)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
