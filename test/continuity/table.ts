import { readFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { WebSocketServer } from 'ws'
import { createSite, type Received, type Site } from '../support/site'

/** How one run of one way went, as the servers saw it. */
export interface Verdict {
  name: string
  mode: string
  /** Its requests: all, and those with the right trace and the right parent, with a wrong trace, with none of any operation. */
  requests: number
  right: number
  wrong: number
  none: number
  error?: string
}

interface Report {
  agent: string
  runs: { run: string; name: string; mode: string; parent: string; error?: string }[]
  error?: string
}

export interface Table {
  agent: string
  verdicts: Verdict[]
}

const here = new URL('./', import.meta.url)

/** Serves the table's page, lets `open` show it to a browser, and judges what the servers received. */
export async function runTable(open: (url: string) => Promise<void>): Promise<Table> {
  const site = await createSite()
  const sockets = new WebSocketServer({ server: site.server })
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(String(data))))
  try {
    await serve(site)
    await open(`${site.origin}/continuity`)
    const { body } = await site.requests.find(({ path }) => path === '/report', 'the report of the page', 180_000)
    const report = JSON.parse(body) as Report
    if (report.error || report.runs.length === 0) throw new Error(`the page could not run the table: ${report.error}`)
    return { agent: report.agent, verdicts: judge(site, report) }
  } finally {
    sockets.close()
    await site.close()
  }
}

async function serve(site: Site): Promise<void> {
  const script = (path: string, text: string) =>
    site.on(path, (_request, response) => void response.writeHead(200, { 'content-type': 'text/javascript' }).end(text))
  script('/ways.js', await readFile(new URL('ways.js', here), 'utf8'))
  script('/page.js', await readFile(new URL('page.js', here), 'utf8'))
  script('/libs.js', await bundle('libs.js', 'es2022'))
  script('/transpiled.js', await bundle('transpiled.js', 'es2015'))
  script('/empty.js', 'export {}')
  script('/echo-worker.js', 'onmessage = ({ data }) => postMessage(data)')
  site.page('/continuity', '<title>running</title><body><script type="module" src="/page.js"></script>')
  site.on('/api/no-image', (_request, response) => void response.writeHead(404).end())
  site.on('/report', (_request, response) => void response.end())
}

async function bundle(file: string, target: string): Promise<string> {
  const entryPoints = [new URL(file, here).pathname]
  const result = await build({ entryPoints, bundle: true, format: 'esm', target, write: false, logLevel: 'error' })
  return result.outputFiles[0]?.text ?? ''
}

function judge(site: Site, { runs }: Report): Verdict[] {
  const verdicts = new Map<string, Verdict>()
  for (const { run, name, mode, parent, error } of runs) {
    const key = `${name}|${mode}`
    const verdict = verdicts.get(key) ?? { name, mode, requests: 0, right: 0, wrong: 0, none: 0 }
    verdicts.set(key, verdict)
    if (error) verdict.error = error
    for (const request of site.requests.all.filter((received) => isOf(received, run))) {
      verdict.requests++
      verdict[judgeRequest(site, request, parent)]++
    }
  }
  return [...verdicts.values()]
}

const isOf = ({ path, origin }: Received, run: string) => new URL(path, origin).searchParams.get('run') === run

function judgeRequest(site: Site, { headers }: Received, parent: string): 'right' | 'wrong' | 'none' {
  const [, traceId, spanId] = String(headers.traceparent ?? '').split('-')
  if (!traceId) return 'none'
  const [, parentTraceId, parentSpanId] = parent.split('-')
  const span = site.spans.all.find((candidate) => candidate.spanId === spanId)
  return traceId === parentTraceId && span?.parentSpanId === parentSpanId ? 'right' : 'wrong'
}
