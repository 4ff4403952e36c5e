import { readFile } from 'node:fs/promises'
import type { Answer } from '../trace-store/answer'
import { send } from '../trace-store/answer'
import type { PageStore } from '../trace-store/answer-page'
import type { AnswerPages } from './store-pages'

const path = '/analyst/'

/** A list, so that no address can lead anywhere else. */
const types: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'worker.js': 'text/javascript; charset=utf-8',
}

/** Its own script, worker and styles, and questions to the gate: nothing else, and nothing within the page. Sent with the worker too, whose policy is its own. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Where a trace is shown, seen from the page: by Jaeger's own page if there is one. */
const traceAddresses: Readonly<Record<PageStore, string>> = {
  'jaeger page': '../trace/{id}',
  jaeger: '../by-order/?trace={id}',
  embedded: '../?trace={id}',
  'embedded gate': '../?trace={id}',
}

/** The analyst's page as `npm run build` made it. It reads traces as anybody does here, through the gate, which notes it. */
export function createAnalystPage(store: PageStore): AnswerPages {
  return async (response, url) => {
    const [address = '/', query] = url.split(/\?(.*)/s)
    if (address === path.slice(0, -1)) {
      response.writeHead(302, { Location: path + (query ? `?${query}` : '') }).end()
      return true
    }
    if (!address.startsWith(path)) return false
    send(response, await findFile(address.slice(path.length) || 'index.html', store))
    return true
  }
}

async function findFile(name: string, store: PageStore): Promise<Answer> {
  const type = Object.hasOwn(types, name) ? types[name] : undefined
  if (!type) return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'There is no such page.\n' }
  const text = await readFile(new URL(`../../dist/analyst/${name}`, import.meta.url), 'utf8')
  const body = name === 'index.html' ? setUp(text, store) : text
  return { status: 200, headers: { 'content-type': type, 'content-security-policy': policy }, body }
}

/** Tells the page where it is: where traces are shown, and where whoever reads them goes from here. */
function setUp(html: string, store: PageStore): string {
  const said = { 'jaeger-trace': traceAddresses[store], traces: '../', leave: '../leave' }
  return Object.entries(said).reduce(
    (text, [name, content]) =>
      text.replace(new RegExp(`(<meta name="${name}" content=")[^"]*`), (_, before: string) => before + content),
    html,
  )
}
