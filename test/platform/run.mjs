// `npm run platform-tests -- <checkout> [--peer opentelemetry] [filter]`: what the web-platform-tests for fetch and XHR say of a page with our script, beside
// the same page without. Needs Python 3 and a checkout: git clone --depth 1 https://github.com/web-platform-tests/wpt
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from '../../demo/setup/build.mjs'
import { ensureChromium } from '../../demo/setup/chromium.mjs'
import { ensureInstalled } from '../../demo/setup/install.mjs'

const log = (line) => console.log(`▸ ${line}`)
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    peer: { type: 'string' },
    /** `order`, `idle`, `headers`, `peer`: to run that one alone. */
    mode: { type: 'string' },
    /** Pages at once. */
    pages: { type: 'string', default: '2' },
    /** How often a test that differs is run again, without and with. */
    again: { type: 'string', default: '5' },
    /** A file that keeps what came of each test, for a run that goes on where another was broken off. */
    record: { type: 'string' },
  },
})
const [checkout, filter = ''] = positionals
if (!checkout) throw new Error('Name the folder of a checkout: npm run platform-tests -- ../wpt')
const python = process.env.PYTHON ?? 'python3'

await ensureInstalled({ log })
await ensureBuilt({ log })
const { chromium } = await import('@playwright/test')
const { listTests } = await import('./tests.mjs')
const { startCollector, startServers, RESOLVER_RULES } = await import('./servers.mjs')
const { buildModes, without } = await import('./modes.mjs')
const { measure } = await import('./measure.mjs')
const { openRecord } = await import('./record.mjs')

const root = resolve(checkout)
const tests = listTests(root, python, ['fetch', 'xhr']).filter(({ path }) => path.includes(filter))
log(`${tests.length} tests that run in a window`)
const collector = await startCollector()
const servers = await startServers(root, python)
const { executablePath, args } = await ensureChromium({ log })
const browser = await chromium.launch({
  executablePath,
  args: [
    ...args,
    '--ignore-certificate-errors',
    `--host-resolver-rules=${RESOLVER_RULES}`,
    `--ip-address-space-overrides=${servers.addressSpaces}`,
  ],
})
try {
  const modes = (await buildModes(collector.url, values.peer !== undefined)).filter(({ key }) =>
    (values.mode ?? key).split(',').includes(key),
  )
  const { counts, differences } = await measure({
    browser,
    urlOf: servers.urlOf,
    tests,
    modes,
    without: without(),
    pages: Number(values.pages),
    again: Number(values.again),
    record: openRecord(values.record),
    log,
  })
  for (const [mode, found] of Object.entries(differences)) {
    for (const { path, subtest, verdict, message } of found) {
      console.log(`${verdict}, ${mode}: ${path}\n    ${subtest}\n    ${message}`)
    }
  }
  console.table(counts)
  mkdirSync('test-results', { recursive: true })
  writeFileSync('test-results/platform-tests.json', JSON.stringify({ counts, differences }, null, 1))
  log(`${collector.received()} requests to the collector; the differences are in test-results/platform-tests.json`)
  console.log(
    `Chromium ${browser.version()}, Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
  )
} finally {
  await browser.close()
  await servers.stop()
  collector.stop()
}
