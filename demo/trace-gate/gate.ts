import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { answerUnread } from '../parts/http/discard-body'
import { strictTransport } from '../parts/http/strict-transport'
import type { Login } from '../parts/login/login'
import { answerError, answerUnavailable } from '../parts/login/login-answers'
import { plainStyle } from '../parts/ui/plain-style'
import type { HandOn } from '../parts/ui/proxy'
import { withoutCredentials } from '../parts/ui/without-credentials'
import { type Audit, AuditError } from './audit'
import { describeRead } from './describe-read'
import { leavePage, refusedPage } from './own-pages'
import { readPath } from './read-path'
import type { AnswerPages } from './store-pages'
import { createTraceIds } from './trace-ids'

export interface GateParts {
  login: Login
  /** To the query API and the pages of the trace store, which nobody else reaches. */
  toStore: HandOn
  /** Under which name it is asked: it answers to no other, and to ours only where that is its own machine's. */
  storeHost: string
  /** The pages that the gate answers itself. */
  pages: AnswerPages
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
  ...strictTransport(),
}

/** Lines in the audit of one person who is refused, within a minute. */
const refusedLines = 10
/** Characters of the address that he asked for. */
const mostOfPath = 200

const styles = new Map([
  ['/plain.css', plainStyle],
  ['/gate.css', fileURLToPath(new URL('./gate.css', import.meta.url))],
])

/** Lets employees with the role read traces, and nobody else; nobody writes. Each read leaves a line in the audit. */
export function createGate({ login, toStore, storeHost, pages, audit, role }: GateParts) {
  const refusals = new RateLimiterMemory({ points: refusedLines, duration: 60 })
  const headersFor = ({ rawHeaders }: IncomingMessage, ...besides: string[]) => [
    // Scripts that are modules come with the page's origin, which is not the store's.
    ...withoutCredentials(rawHeaders, ['host', 'origin', ...besides]),
    ...['Host', storeHost],
  ]

  async function pass(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const isPage = !path.startsWith('/api/')
    const person = await login.findPerson(request)
    if (!person) {
      if (!isPage) return answerError(response, 401, 'session_required', 'Nobody is logged in here: log in first.')
      return void response.writeHead(302, { Location: `/login?back=${encodeURIComponent(request.url ?? '/')}` }).end()
    }
    if (path === '/leave') return leavePage(response, person)
    if (!person.roles.includes(role)) {
      await noteRefused(person.userId, path)
      if (isPage) return refusedPage(response, person)
      return answerError(
        response,
        403,
        'role_required',
        `This needs the role "${role}", which your account does not have.`,
      )
    }
    const [, query = ''] = (request.url ?? '').split(/\?(.*)/s)
    // As the store reads it: what the pages take for theirs must not be the store's.
    const address = query ? `${path}?${query}` : path
    const read = describeRead(address)
    // Before anything is shown: what leaves no line is not read.
    if (read) await audit.write({ who: person.userId, ...read })
    if (await pages(response, address)) return
    if (read?.what === 'search') return showFound(request, response, person.userId)
    toStore(request, response, { headers: headersFor(request) })
  }

  /** So many of one person: whoever asks without end must not fill the disk, and then nobody reads. */
  async function noteRefused(who: string, path: string): Promise<void> {
    const isFew = await refusals.consume(who).then(
      () => true,
      () => false,
    )
    if (isFew) await audit.write({ who, what: 'refused', path: path.slice(0, mostOfPath) })
  }

  /** A search shows whole traces, so the audit says which. */
  function showFound(request: IncomingMessage, response: ServerResponse, who: string): void {
    const ids = createTraceIds()
    response.once('close', () => {
      if (ids.found.length > 0) audit.write({ who, what: 'found', traces: ids.found }).catch(console.error)
    })
    toStore(request, response, { headers: headersFor(request, 'accept-encoding'), look: ids.look })
  }

  function answer(request: IncomingMessage, response: ServerResponse, path: string): void {
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
    pass(request, response, path).catch((error: unknown) => {
      if (!(error instanceof AuditError)) return answerUnavailable(response, error)
      console.error(error)
      answerError(response, 503, 'audit_unavailable', 'Traces are not shown while nobody can note who reads them.')
    })
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    const path = readPath(request.url ?? '/')
    const refuse = () => answerError(response, 400, 'no_plain_path', 'This address can be read in more ways than one.')
    if (path === undefined) answerUnread(request, response, refuse)
    else answer(request, response, path)
  }
}
