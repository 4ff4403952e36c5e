import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import * as oidc from 'openid-client'
import { readCookie, writeCookie } from './cookies'
import { ExpiringMap } from './expiring-map'
import { answerError, answerJson, answerUnavailable, refuseForeign, troublePage } from './login-answers'
import type { ClientSettings } from './oidc-settings'
import { isOwnPage, readBack, readOwnOrigin } from './own-origin'
import { connectToProvider } from './provider-connection'
import { hasEnded, type Person, Session } from './session'

/** The login of one UI, by OpenID Connect. The browser holds a cookie and never a token. */
export interface Login {
  /** Answers what belongs to the login, and says whether it did. */
  answer(request: IncomingMessage, response: ServerResponse, path: string): boolean
  /** The access token of whoever asks; nothing when nobody is logged in. Throws when the provider does not answer. */
  findToken(request: IncomingMessage): Promise<string | undefined>
  /** Who asks, with the roles of this moment as the provider says them; nothing when nobody is logged in. Throws like `findToken`. */
  findPerson(request: IncomingMessage): Promise<Person | undefined>
}

/** A login that has begun, and what has to come back from the provider. */
interface Begun {
  verifier: string
  nonce: string
  redirectUri: string
  back: string
}

/** A shift. */
const sessionSeconds = 12 * 3600
const begunSeconds = 600
const mostEntries = 10_000

/**
 * Creates the login: `GET /login?back=` goes to the provider, `GET /login/callback` comes back from it, `GET /session` says who is logged
 * in, `POST /logout` ends it and answers where to go so that it ends at the provider too.
 */
export function createLogin(settings: ClientSettings): Login {
  const connect = connectToProvider(settings)
  const sessions = new ExpiringMap<Session>({ ttlMs: sessionSeconds * 1000, most: mostEntries })
  const begun = new ExpiringMap<Begun>({ ttlMs: begunSeconds * 1000, most: mostEntries })
  // Cookies know no ports: without names of their own the UIs on this machine would log each other out.
  const sessionCookie = `${settings.clientId}-session`
  const begunCookie = (state: string) => `${settings.clientId}-login-${state.slice(0, 8)}`

  async function begin(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = requireOrigin(request)
    const { searchParams } = new URL(request.url ?? '/', origin)
    const configuration = await connect()
    const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()]
    const redirectUri = `${origin}/login/callback`
    begun.set(state, { verifier, nonce, redirectUri, back: readBack(searchParams.get('back'), origin) })
    const target = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ui_locales: searchParams.get('language') === 'en' ? 'en' : 'ru',
    })
    // The state in a cookie too: a login that another browser began must not end in this one.
    const cookie = { path: '/login', maxAgeSeconds: begunSeconds, isSecure: isSecure(origin) }
    response.setHeader('Set-Cookie', writeCookie(begunCookie(state), state, cookie))
    redirect(response, target.href)
  }

  async function finish(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = requireOrigin(request)
    const url = new URL(request.url ?? '/', origin)
    const state = url.searchParams.get('state') ?? ''
    const pending = readCookie(request, begunCookie(state)) === state ? begun.take(state) : undefined
    if (!pending) return troublePage(response, 'begun_elsewhere')
    const tokens = await oidc.authorizationCodeGrant(await connect(), new URL(pending.redirectUri + url.search), {
      pkceCodeVerifier: pending.verifier,
      expectedState: state,
      expectedNonce: pending.nonce,
    })
    // A new number with each login, so that nobody can have planted it.
    const id = randomBytes(32).toString('base64url')
    sessions.set(id, new Session(settings, tokens))
    response.setHeader('Set-Cookie', [
      writeCookie(begunCookie(state), '', { path: '/login', isSecure: isSecure(origin) }),
      writeCookie(sessionCookie, id, { maxAgeSeconds: sessionSeconds, isSecure: isSecure(origin) }),
    ])
    redirect(response, pending.back)
  }

  async function tell(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const person = await findPerson(request)
    if (person) return answerJson(response, 200, person)
    answerError(response, 401, 'session_required', 'Nobody is logged in here: log in first.')
  }

  async function end(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = requireOrigin(request)
    const idToken = sessions.take(readCookie(request, sessionCookie) ?? '')?.idToken
    response.setHeader('Set-Cookie', writeCookie(sessionCookie, '', { isSecure: isSecure(origin) }))
    // A provider that is away must keep nobody logged in here.
    const configuration = await connect().catch(() => undefined)
    const canEnd = idToken && configuration?.serverMetadata().end_session_endpoint
    const location = canEnd
      ? oidc.buildEndSessionUrl(configuration, { id_token_hint: idToken, post_logout_redirect_uri: `${origin}/` }).href
      : '/'
    // A form of a page without scripts goes there itself.
    if (request.headers.accept?.includes('text/html')) redirect(response, location)
    else answerJson(response, 200, { location })
  }

  async function findPerson(request: IncomingMessage): Promise<Person | undefined> {
    // The token first, for with a fresh one come the roles of now.
    const token = await findToken(request)
    return token ? sessions.get(readCookie(request, sessionCookie) ?? '')?.person : undefined
  }

  async function findToken(request: IncomingMessage): Promise<string | undefined> {
    const id = readCookie(request, sessionCookie) ?? ''
    const session = sessions.get(id)
    if (!session) return undefined
    try {
      return await session.freshToken(await connect())
    } catch (error) {
      if (!hasEnded(error)) throw error
      sessions.take(id)
      return undefined
    }
  }

  const routes = new Map([
    ['GET /login', begin],
    ['GET /login/callback', finish],
    ['GET /session', tell],
    ['POST /logout', end],
  ])
  return {
    findToken,
    findPerson,
    answer(request, response, path) {
      const route = routes.get(`${request.method} ${path}`)
      if (!route) return false
      response.setHeader('Cache-Control', 'no-store')
      if (request.method === 'POST' && !isOwnPage(request)) refuseForeign(response)
      else route(request, response).catch((error: unknown) => fail(response, { path, error }))
      return true
    },
  }
}

function fail(response: ServerResponse, { path, error }: { path: string; error: unknown }): void {
  if (response.headersSent) return void response.destroy()
  const isRefused = error instanceof oidc.AuthorizationResponseError || hasEnded(error)
  if (path.startsWith('/login')) {
    console.error(`${path}:`, error)
    troublePage(response, isRefused ? 'refused' : 'unavailable')
  } else answerUnavailable(response, error)
}

function requireOrigin(request: IncomingMessage): string {
  const origin = readOwnOrigin(request)
  if (!origin) throw new Error('PUBLIC_URL is not set, so only browsers on this machine can log in.')
  return origin
}

function isSecure(origin: string): boolean {
  return origin.startsWith('https:')
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { Location: location }).end()
}
