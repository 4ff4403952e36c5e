import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { readTrustedProxies } from '../http/client-address'
import { answerUnread } from '../http/discard-body'
import { headerLimits, limitConnections } from '../http/limit-connections'
import { readServicePort, serve } from '../http/serve'
import { strictTransport } from '../http/strict-transport'
import type { Login } from '../login/login'
import { answerUnavailable, refuseForeign } from '../login/login-answers'
import { isOwnPage } from '../login/own-origin'
import type { Pages } from './pages'
import { createProxy, type HandOn } from './proxy'
import { withoutCredentials } from './without-credentials'

export interface UiParts {
  pages: Pages
  apiUrl: string
  /** The way of the pages' spans. */
  toDoor(request: IncomingMessage, response: ServerResponse): void
  /** For a UI of employees. Without it the browser's cookies go to the API as they are. */
  login?: Login
  /** Stands before the way to the API, and may refuse. */
  limit?(toApi: HandOn): HandOn
}

/** Serves a UI: its pages, its API and the way of its spans, all on one origin, so that nothing needs CORS. */
export function serveUi({ pages, apiUrl, toDoor, login, limit = (toApi) => toApi }: UiParts): void {
  const proxy = limit(createProxy(apiUrl))
  const toApi = login ? asEmployee(proxy, login) : proxy
  const always = Object.entries(strictTransport())
  const server = createServer(headerLimits, (request, response) => {
    for (const [name, value] of always) response.setHeader(name, value)
    const path = request.url?.split('?', 1)[0] ?? '/'
    if (path === '/health') response.end('ok')
    else if (path.startsWith('/api/')) toApi(request, response)
    else if (path === '/v1/traces') toDoor(request, response)
    else if (!login?.answer(request, response, path)) pages(request, response, path)
  })
  serve(limitConnections(server, readTrustedProxies(process.env.TRUSTED_PROXIES)), readServicePort())
}

/** Hands requests on with the access token instead of the cookies, which are nobody's business behind us. */
function asEmployee(proxy: HandOn, login: Login) {
  return (request: IncomingMessage, response: ServerResponse) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD'
    if (!isReading && !isOwnPage(request)) return answerUnread(request, response, () => refuseForeign(response))
    login.findToken(request).then(
      (token) => request.destroyed || proxy(request, response, { headers: withToken(request.rawHeaders, token) }),
      (error: unknown) => answerUnread(request, response, () => answerUnavailable(response, error)),
    )
  }
}

function withToken(rawHeaders: string[], token: string | undefined): string[] {
  const kept = withoutCredentials(rawHeaders)
  return token ? [...kept, 'Authorization', `Bearer ${token}`] : kept
}
