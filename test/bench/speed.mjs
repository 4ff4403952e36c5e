import { createServer } from 'node:http'
import { chromium } from '@playwright/test'
import { measureRequests } from './requests.mjs'
import { measureInRounds } from './rounds.mjs'
import { measureStarts } from './start-up.mjs'

/** Odd, and as many as fit six minutes on a machine that has other work. */
const START_ROUNDS = 25
const REQUEST_ROUNDS = 9

/**
 * Main-thread time per traced request and at start-up, each beside the peers in one run, in fresh pages.
 * @param {{ executablePath: string, args: string[] }} browserOptions
 * @param {{ name: string, code: string, start: string }[]} contenders `code` is the script file, `start` what a page runs to start it; the one
 * that the others are compared with last
 */
export async function measureSpeed(browserOptions, contenders) {
  // What the page, its requests and the measuring cost by themselves.
  const all = [...contenders, { name: 'no tracing', code: '', start: '' }]
  const server = await serve(all)
  const browser = await chromium.launch(browserOptions)
  try {
    const requests = (open) =>
      measureInRounds(all, REQUEST_ROUNDS, (round) => measureRequests(browser, server.origin, round, open))
    const perRequest = await requests(0)
    const perRequestWithFive = await requests(5)
    const starts = await measureInRounds(all, START_ROUNDS, (round) => measureStarts(browser, server.origin, round))
    return contenders.map(({ name }) => ({
      name,
      'µs per request': perRequest.get(name).traced,
      'µs with five open': perRequestWithFive.get(name).traced,
      'µs with sending': perRequest.get(name).sent,
      'start-up, µs': starts.get(name).start,
    }))
  } finally {
    await browser.close()
    server.close()
  }
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
