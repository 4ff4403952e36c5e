import type { IncomingMessage, ServerResponse } from 'node:http'
import * as oidc from 'openid-client'
import { createBegunLogins } from './begun-logins'
import { nameCookie, readCookie, writeCookie } from './cookies'
import { answerError, answerJson, answerUnavailable, refuseForeign, troublePage } from './login-answers'
import type { ClientSettings } from './oidc-settings'
import { hasTls, isOwnPage, readBack, readOwnOrigin } from './own-origin'
import { connectToProvider } from './provider-connection'
import { hasEnded, type Person, Session } from './session'
import { Sessions } from './sessions'

/** The login of one UI, by OpenID Connect. The browser holds a cookie and never a token. */
export interface Login {
  /** Answers what belongs to the login, and says whether it did. */
  answer(request: IncomingMessage, response: ServerResponse, path: string): boolean
  /** The access token of whoever asks; nothing when nobody is logged in. Throws when the provider does not answer. */
  findToken(request: IncomingMessage): Promise<string | undefined>
  /** Who asks, with the roles of this moment as the provider says them; nothing when nobody is logged in. Throws like `findToken`. */
  findPerson(request: IncomingMessage): Promise<Person | undefined>
}

/** A shift. */
const sessionSeconds = 12 * 3600
const sessionLimits = { seconds: sessionSeconds, ofPerson: 20, most: 10_000 }

/**
 * Creates the login: `GET /login?back=` goes to the provider, `GET /login/callback` comes back from it, `GET /session` says who is logged
 * in, `POST /logout` ends it and answers where to go so that it ends at the provider too.
 */
export function createLogin(settings: ClientSettings): Login {
  const connect = connectToProvider(settings)
  const sessions = new Sessions(sessionLimits)
  const secure = { isSecure: hasTls() }
  // Cookies know no ports: without names of their own the UIs on this machine would log each other out.
  const sessionCookie = nameCookie(`${settings.clientId}-session`, secure)
  const sessionOf = (request: IncomingMessage) => readCookie(request, sessionCookie)
  const begunPath = secure.isSecure ? '/' : '/login'
  const begun = createBegunLogins(nameCookie(`${settings.clientId}-login-`, secure), { ...secure, path: begunPath })

  async function begin(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = requireOrigin(request)
    const { searchParams } = new URL(request.url ?? '/', origin)
    const configuration = await connect()
    const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()]
    const redirectUri = `${origin}/login/callback`
    const back = readBack(searchParams.get('back'), origin)
    const target = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ui_locales: searchParams.get('language') === 'en' ? 'en' : 'ru',
    })
    response.setHeader('Set-Cookie', begun.add(request, { state, verifier, nonce, redirectUri, back }))
    redirect(response, target.href)
  }

  async function finish(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = requireOrigin(request)
    const url = new URL(request.url ?? '/', origin)
    const state = url.searchParams.get('state') ?? ''
    const pending = begun.find(request, state)
    if (!pending) return troublePage(response, 'begun_elsewhere')
    const tokens = await oidc.authorizationCodeGrant(await connect(), new URL(pending.redirectUri + url.search), {
      pkceCodeVerifier: pending.verifier,
      expectedState: state,
      expectedNonce: pending.nonce,
    })
    // The one before opens nothing any more.
    sessions.end(sessionOf(request))
    const id = sessions.add(new Session(settings, tokens))
    const cookie = writeCookie(sessionCookie, id, { ...secure, maxAgeSeconds: sessionSeconds })
    response.setHeader('Set-Cookie', [begun.remove(state), cookie])
    redirect(response, pending.back)
  }

  async function tell(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const person = await findPerson(request)
    if (person) return answerJson(response, 200, person)
    answerError(response, 401, 'session_required', 'Nobody is logged in here: log in first.')
  }

  async function end(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = requireOrigin(request)
    const idToken = sessions.end(sessionOf(request))?.idToken
    response.setHeader('Set-Cookie', writeCookie(sessionCookie, '', secure))
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
    return token ? sessions.find(sessionOf(request))?.person : undefined
  }

  async function findToken(request: IncomingMessage): Promise<string | undefined> {
    const session = sessions.find(sessionOf(request))
    if (!session) return undefined
    try {
      return await session.freshToken(await connect())
    } catch (error) {
      if (!hasEnded(error)) throw error
      sessions.end(sessionOf(request))
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

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { Location: location }).end()
}
