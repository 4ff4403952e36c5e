import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { readServicePort, serve } from '../parts/http/serve'
import { createProxy } from './proxy'
import { createPages } from './static'

const { SHOP_API_URL, COLLECTOR_URL } = process.env
if (!SHOP_API_URL || !COLLECTOR_URL) {
  throw new Error('SHOP_API_URL and COLLECTOR_URL are not set: start this service through `npm run demo`.')
}

const pages = createPages({
  folder: fileURLToPath(new URL('./pages/', import.meta.url)),
  sdk: fileURLToPath(new URL('../../dist/', import.meta.url)),
})
const toApi = createProxy(SHOP_API_URL)
const toCollector = createProxy(COLLECTOR_URL)

const server = createServer((request, response) => {
  const path = request.url?.split('?', 1)[0] ?? '/'
  if (path === '/health') response.end('ok')
  else if (path.startsWith('/api/')) toApi(request, response)
  else if (path === '/v1/traces') toCollector(request, response)
  else pages(request, response, path)
})
serve(server, readServicePort())
