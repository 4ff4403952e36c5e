import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { pipeline } from 'node:stream'

/** What the page asks: the query API of version 3, and of version 1. */
const READABLE = /^\/api\/(v3|traces|services)(\/|$)/

/** Hands questions on to Jaeger, so that its answers come from the page's own origin; with our headers, and none of the browser's. */
export function createReadingProxy(jaeger: string, headers: Readonly<Record<string, string>>) {
  const send = jaeger.startsWith('https:') ? httpsRequest : httpRequest
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = readablePath(request.url ?? '')
    if (path === undefined) return void response.writeHead(404).end('Only the query API is read here.\n')
    const onward = send(jaeger + path, {
      method: request.method,
      headers: { accept: 'application/json', ...headers },
    })
    onward.once('response', (answer) => {
      const type = answer.headers['content-type'] ?? 'application/octet-stream'
      response.writeHead(answer.statusCode ?? 502, { 'Content-Type': type, 'Cache-Control': 'no-store' })
      pipeline(answer, response, () => undefined)
    })
    onward.once('error', (error: NodeJS.ErrnoException) => {
      if (response.headersSent) return void response.destroy()
      const message = `${new URL(jaeger).origin} does not answer (${error.code ?? error.message})`
      response.writeHead(502, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error: { message } }))
    })
    // The page was closed, or chose another time.
    response.once('close', () => onward.destroy())
    onward.end()
  }
}

/**
 * The path and query to hand on, or nothing where it leads out of the query API: our headers may open more of that host than this page is for.
 * However often a way up is encoded, somebody behind may decode it as often.
 */
function readablePath(url: string): string | undefined {
  if (!URL.canParse(url, 'http://page')) return undefined
  const { pathname, search } = new URL(url, 'http://page')
  let decoded = pathname
  try {
    for (let next = decodeURIComponent(decoded); next !== decoded; next = decodeURIComponent(decoded)) decoded = next
  } catch {
    return undefined
  }
  const leadsUp = decoded.split(/[/\\]/).some((part) => /^\.\.?(;|$)/.test(part))
  return READABLE.test(pathname) && !leadsUp ? pathname + search : undefined
}
