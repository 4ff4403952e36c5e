import { createServer } from 'node:http'
import { readServicePort, serve } from '../http/serve'
import type { Pages } from './pages'
import { createProxy } from './proxy'

export interface UiParts {
  pages: Pages
  apiUrl: string
  collectorUrl: string
}

/** Serves a UI: its pages, its API and the collector, all on one origin, so that nothing needs CORS. */
export function serveUi({ pages, apiUrl, collectorUrl }: UiParts): void {
  const toApi = createProxy(apiUrl)
  const toCollector = createProxy(collectorUrl)
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '/'
    if (path === '/health') response.end('ok')
    else if (path.startsWith('/api/')) toApi(request, response)
    else if (path === '/v1/traces') toCollector(request, response)
    else pages(request, response, path)
  })
  serve(server, readServicePort())
}
