import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { chromium } from '@playwright/test'

const SIZE = 50 * 1024 * 1024

/**
 * Peak memory of the page's process while it reads a download of 50 MB part by part and keeps none, in bytes. Linux alone tells it (`VmHWM`).
 * @param {{ executablePath: string, args: string[] }} browserOptions
 * @param {{ name: string, code: string, start: string }[]} contenders
 */
export async function measureMemory(browserOptions, contenders) {
  const server = await serve(contenders)
  try {
    const rows = []
    for (const { name } of [...contenders, { name: 'no tracing' }]) {
      const peaks = []
      for (let round = 0; round < 3; round++)
        peaks.push(await measurePeak(browserOptions, `${server.origin}/${encodeURIComponent(name)}`))
      rows.push({ name, bytes: peaks.sort((a, b) => a - b)[1] })
    }
    return rows
  } finally {
    server.close()
  }
}

/** A browser of its own each time: a peak is never taken back. */
async function measurePeak(browserOptions, url) {
  const browser = await chromium.launch(browserOptions)
  try {
    const page = await browser.newPage()
    await page.goto(url)
    await page.evaluate(async () => {
      const reader = (await fetch('/api/file')).body.getReader()
      while (!(await reader.read()).done);
    })
    const session = await browser.newBrowserCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    return Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => peakOf(id)))
  } finally {
    await browser.close()
  }
}

const peakOf = (pid) => Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

async function serve(contenders) {
  const server = createServer((request, response) => {
    request.resume()
    const path = decodeURIComponent(request.url).slice(1)
    if (path.startsWith('v1')) return response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    if (path === 'api/file') return sendFile(response)
    const contender = contenders.find(({ name }) => name === path)
    const script = contender ? `<script>${contender.code}\n;${contender.start}</script>` : ''
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><meta charset=utf-8><body>${script}`)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}

function sendFile(response) {
  const part = Buffer.alloc(1024 * 1024, 'x')
  let left = SIZE
  const send = () => {
    while (left > 0) {
      left -= part.length
      if (!response.write(part)) return response.once('drain', send)
    }
    response.end()
  }
  response.writeHead(200, { 'content-length': SIZE })
  send()
}
