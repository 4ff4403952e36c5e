import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { answerUnread } from '../http/discard-body'
import { readServicePort, serve } from '../http/serve'
import type { Login } from '../login/login'
import { answerUnavailable, refuseForeign } from '../login/login-answers'
import { isOwnPage } from '../login/own-origin'
import type { Pages } from './pages'
import { createProxy, type HandOn } from './proxy'
import { withoutCredentials } from './without-credentials'

export interface UiParts {
  pages: Pages
  apiUrl: string
  collectorUrl: string
  /** For a UI of employees. Without it the browser's cookies go to the API as they are. */
  login?: Login
}

/** Serves a UI: its pages, its API and the collector, all on one origin, so that nothing needs CORS. */
export function serveUi({ pages, apiUrl, collectorUrl, login }: UiParts): void {
  const toApi = login ? asEmployee(createProxy(apiUrl), login) : createProxy(apiUrl)
  const toCollector = createProxy(collectorUrl)
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '/'
    if (path === '/health') response.end('ok')
    else if (path.startsWith('/api/')) toApi(request, response)
    else if (path === '/v1/traces') toCollector(request, response)
    else if (!login?.answer(request, response, path)) pages(request, response, path)
  })
  serve(server, readServicePort())
}

/** Hands requests on with the access token instead of the cookies, which are nobody's business behind us. */
function asEmployee(proxy: HandOn, login: Login) {
  return (request: IncomingMessage, response: ServerResponse) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD'
    if (!isReading && !isOwnPage(request)) return answerUnread(request, response, () => refuseForeign(response))
    login.findToken(request).then(
      (token) => request.destroyed || proxy(request, response, withToken(request.rawHeaders, token)),
      (error: unknown) => answerUnread(request, response, () => answerUnavailable(response, error)),
    )
  }
}

function withToken(rawHeaders: string[], token: string | undefined): string[] {
  const kept = withoutCredentials(rawHeaders)
  return token ? [...kept, 'Authorization', `Bearer ${token}`] : kept
}
