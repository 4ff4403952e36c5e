import { readFile } from 'node:fs/promises'
import { build, transform } from 'esbuild'
import { WebSocketServer } from 'ws'
import { createSite, type Site } from '../support/site'
import { type EncounterVerdict, judgeEncounters, judgeWays, type Report, type Verdict } from './judge'
import type { OpenPage } from './plain-browser'

export interface Table {
  /** The engine with its version, as the browser says it. */
  version: string
  verdicts: Verdict[]
  /** Of the ways that zone.js loses, written otherwise. */
  instead: Verdict[]
  encounters: EncounterVerdict[]
}

const here = new URL('./', import.meta.url)
const PAGE_FILES = [
  'page.js',
  'ways.js',
  'callbacks.js',
  'instead.js',
  'pace.js',
  'encounters.js',
  'strangers.js',
  'pairs.js',
  'limits.js',
  'other-script.js',
]

/** How the page of the tables is made; by default with the SDK as it is, and scripts as they stand. */
export interface Variant {
  libs?: 'libs.js' | 'libs-zone.js'
  /** zone.js on the page, before everything. */
  zone?: boolean
  /** Scripts with `async` made into generators, as Angular's build does for zone.js. */
  isLowered?: boolean
}

/** A page that runs on zone.js, built as Angular builds. */
export const ZONE_PAGE: Variant = { zone: true, isLowered: true }

/** Serves the tables' page, lets `open` show it to a browser, and judges what the servers received. */
export async function runTable(open: (url: string) => Promise<OpenPage>, variant: Variant = {}): Promise<Table> {
  const site = await createSite()
  const sockets = new WebSocketServer({ server: site.server })
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(String(data))))
  let page: OpenPage | undefined
  try {
    await serve(site, variant)
    page = await open(`${site.origin}/continuity`)
    const reported = site.requests.find(({ path }) => path === '/report', 'the report of the page', 150_000)
    const { body } = await Promise.race([reported, page.gone])
    const report = JSON.parse(body) as Report
    if (report.error || report.runs.length === 0) throw new Error(`the page could not run the tables: ${report.error}`)
    return {
      version: page.version,
      verdicts: judgeWays(site, report.runs),
      instead: judgeWays(site, report.instead),
      encounters: judgeEncounters(site, report),
    }
  } finally {
    await page?.close()
    sockets.close()
    await site.close()
  }
}

async function serve(site: Site, { libs = 'libs.js', zone = false, isLowered = false }: Variant): Promise<void> {
  const script = (path: string, text: string) =>
    site.on(path, (_request, response) => void response.writeHead(200, { 'content-type': 'text/javascript' }).end(text))
  const lower = (text: string) => (isLowered ? transform(text, { target: 'es2016' }).then(({ code }) => code) : text)
  for (const file of PAGE_FILES) script(`/${file}`, await lower(await readFile(new URL(file, here), 'utf8')))
  script('/libs.js', await bundle(libs, isLowered ? 'es2016' : 'es2022'))
  script('/zone.js', await readFile(new URL('../../node_modules/zone.js/bundles/zone.umd.js', here), 'utf8'))
  script('/transpiled.js', await bundle('transpiled.js', isLowered ? 'es2016' : 'es2017'))
  script('/lowered.js', await bundle('transpiled.js', 'es2015'))
  script('/empty.js', 'export {}')
  script('/echo-worker.js', 'onmessage = ({ data }) => postMessage(data)')
  site.page(
    '/continuity',
    `<title>running</title><body>${zone ? '<script src="/zone.js"></script>' : ''}<script type="module" src="/page.js"></script>`,
  )
  site.on('/api/no-image', (_request, response) => void response.writeHead(404).end())
  // The page gives up on it.
  site.on('/api/hang', () => {})
  site.on('/report', (_request, response) => void response.end())
}

async function bundle(file: string, target: string): Promise<string> {
  const entryPoints = [new URL(file, here).pathname]
  const result = await build({ entryPoints, bundle: true, format: 'esm', target, write: false, logLevel: 'error' })
  return result.outputFiles[0]?.text ?? ''
}
