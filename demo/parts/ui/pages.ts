import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.stl': 'model/stl',
}

/** No inline scripts, no foreign servers: what a shop with a careful policy would send, and the SDK must live with. */
const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // The pages change while one works on them.
  'Cache-Control': 'no-cache',
}

export type Pages = (request: IncomingMessage, response: ServerResponse, path: string) => void

export interface PagesOptions {
  folder: string
  /** The file, from the folder, that is behind an address without an extension. */
  pageAt(path: string): string
  /** Addresses of files elsewhere. */
  elsewhere?: ReadonlyMap<string, string>
}

/** Serves the files of the pages' folder, those named beside it, and nothing else that is on the disk. */
export function createPages(options: PagesOptions): Pages {
  return (request, response, path) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, 'Only GET is allowed here.')
    findFile(options, path)
      .then((file) => (file ? send(request, response, file) : sendNotFound(request, response, options.folder)))
      .catch(() => answer(response, 500, 'The page cannot be read.'))
  }
}

/** The address is looked up in the list of files that there are, so no address can lead out of the folder. */
async function findFile({ folder, pageAt, elsewhere }: PagesOptions, path: string): Promise<string | undefined> {
  const files = await readdir(folder, { recursive: true })
  const name = extname(path) ? path.slice(1) : pageAt(path)
  if (files.some((file) => file.replaceAll('\\', '/') === name)) return join(folder, name)
  return elsewhere?.get(path)
}

async function send(request: IncomingMessage, response: ServerResponse, file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) return answer(response, 404, 'There is no such page.')
  response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream')
  response.setHeader('Content-Length', found.size)
  if (request.method === 'HEAD') return void response.end()
  pipeline(createReadStream(file), response, () => undefined)
}

function sendNotFound(request: IncomingMessage, response: ServerResponse, folder: string): Promise<void> {
  response.statusCode = 404
  // A single-page application has none: there only a file can be missing.
  return send(request, response, join(folder, '404.html'))
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
