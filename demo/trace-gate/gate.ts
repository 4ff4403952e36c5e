import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { answerUnread } from '../parts/http/discard-body'
import type { Login } from '../parts/login/login'
import { answerError, answerUnavailable } from '../parts/login/login-answers'
import { plainStyle } from '../parts/ui/plain-style'
import type { HandOn } from '../parts/ui/proxy'
import { withoutCredentials } from '../parts/ui/without-credentials'
import type { Audit } from './audit'
import { describeRead } from './describe-read'
import { leavePage, refusedPage } from './own-pages'

export interface GateParts {
  login: Login
  /** To the query API and the pages of the trace store, which nobody else reaches. */
  toStore: HandOn
  audit: Audit
  /** Who may look: employees with this role. */
  role: string
}

/** What the store's pages may load: themselves. Jaeger's page writes its styles into itself. */
const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Not `no-referrer`, with which the logout's form would come from the origin "null".
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

const styles = new Map([
  ['/plain.css', plainStyle],
  ['/gate.css', fileURLToPath(new URL('./gate.css', import.meta.url))],
])

/** Lets employees with the role read traces, and nobody else; nobody writes. Each read leaves a line in the audit. */
export function createGate({ login, toStore, audit, role }: GateParts) {
  async function pass(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const isPage = !path.startsWith('/api/')
    const person = await login.findPerson(request)
    if (!person) {
      if (!isPage) return answerError(response, 401, 'session_required', 'Nobody is logged in here: log in first.')
      return void response.writeHead(302, { Location: `/login?back=${encodeURIComponent(request.url ?? '/')}` }).end()
    }
    if (path === '/leave') return leavePage(response, person)
    if (!person.roles.includes(role)) {
      audit.write({ who: person.userId, what: 'refused', path })
      if (isPage) return refusedPage(response, person)
      return answerError(
        response,
        403,
        'role_required',
        `This needs the role "${role}", which your account does not have.`,
      )
    }
    const read = describeRead(request.url ?? '/')
    if (read) audit.write({ who: person.userId, ...read })
    toStore(request, response, withoutCredentials(request.rawHeaders))
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url?.split('?', 1)[0] ?? '/'
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    if (path === '/health') return void response.end('ok')
    const style = styles.get(path)
    if (style) return void createReadStream(style).pipe(response.setHeader('Content-Type', 'text/css'))
    if (login.answer(request, response, path)) return
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD')
      const refuse = () => answerError(response, 405, 'read_only', 'Traces are only read here: GET and HEAD.')
      answerUnread(request, response, refuse)
      return
    }
    pass(request, response, path).catch((error: unknown) => answerUnavailable(response, error))
  }
}
