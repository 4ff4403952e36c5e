import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { analystFiles, readAnalystFile } from './analyst-files'
import { jaegerOptions, openJaeger, readArguments, readHeaders } from './read-arguments'
import { readCount } from './read-time'
import { createReadingProxy } from './reading-proxy'

const help = `ordertrace analyst --jaeger <url> [options]

Serves the analyst's page: which orders are slow, for whom, where their time goes; and what became of one.

  --jaeger <url>         Jaeger's query API, such as http://localhost:16686; also JAEGER_QUERY_URL
  --header "Name: value" sent with every question, such as Authorization; may be given several times
  --port <n>             default 8316; 0 takes a free one
  --host <address>       who may open it: 127.0.0.1, this machine alone, unless you say otherwise
`

const { timeout: _, ...ofJaeger } = jaegerOptions
const options = { ...ofJaeger, port: { type: 'string' }, host: { type: 'string' } } as const

const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"

/** `ordertrace analyst`: serves the page until it is stopped. */
export async function analyst(args: string[], signal: AbortSignal): Promise<number> {
  const given = readArguments(args, options)
  if (given.help) {
    process.stdout.write(help)
    return 0
  }
  const { url } = openJaeger(given)
  const { host = '127.0.0.1', port = '8316' } = given
  const proxy = createReadingProxy(url, readHeaders(given.header ?? []))
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '/'
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('X-Content-Type-Options', 'nosniff')
    response.setHeader('Referrer-Policy', 'same-origin')
    // The page of another site that has our address under its name would otherwise read everything.
    if (!isOwnHost(request.headers.host, host)) return void response.writeHead(403).end('Not under this name.\n')
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return void response.writeHead(405, { Allow: 'GET, HEAD' }).end()
    if (path.startsWith('/api/')) return proxy(request, response)
    if (/^\/trace\/[0-9a-f]+$/.test(path)) return void response.writeHead(302, { Location: url + path }).end()
    if (path === '/') return void response.writeHead(302, { Location: '/analyst/' }).end()
    const name = path === '/analyst/' ? 'index.html' : path.replace(/^\/analyst\//, '')
    const type = Object.hasOwn(analystFiles, name) ? analystFiles[name] : undefined
    if (!type) return void response.writeHead(404).end('There is no such page.\n')
    readAnalystFile(name).then(
      (text) => response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }).end(text),
      () => response.writeHead(500).end('The page cannot be read: was it built?\n'),
    )
  })
  server.listen(readCount('port', port, { least: 0, most: 65_535 }), host)
  // Rejects with the server's own error, such as a port that is taken.
  await once(server, 'listening', { signal })
  // An address of version 6 stands in brackets, for it has colons of its own.
  const name = host.includes(':') ? `[${host}]` : host
  process.stdout.write(`http://${name}:${(server.address() as AddressInfo).port}/analyst/\nCtrl-C stops it.\n`)
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  server.close()
  server.closeAllConnections()
  return 130
}

/** Open to this machine alone, only its own names lead here; who opened it to others knows why. */
function isOwnHost(header: string | undefined, host: string): boolean {
  if (host !== '127.0.0.1' && host !== 'localhost' && host !== '::1') return true
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(header ?? '')
}
