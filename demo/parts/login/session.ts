import * as oidc from 'openid-client'
import { type ClientSettings, readRoles } from './oidc-settings'

/** Who is logged in at a browser; `name` is for the screen only. */
export interface Person {
  userId: string
  name: string
  roles: string[]
}

/** How long before its end a token is exchanged, ms: a request under way must not arrive too late. */
const marginMs = 5000
/** How long a token is believed, s, also where the provider makes it hold longer: so soon a role that was taken away is gone. */
const mostSeconds = 30

/** The provider gave nothing to go on with after the first tokens. */
class NoRefresh extends Error {
  override name = 'NoRefresh'
}

type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers

/** One login: the tokens that the provider gave, kept fresh as long as it goes on giving them. */
export class Session {
  private accessToken = ''
  private refreshToken = ''
  private claims: Record<string, unknown> = {}
  private expiresAt = 0
  private refreshing: Promise<void> | undefined
  /** What the provider wants to see when the login ends. */
  idToken = ''

  constructor(
    private readonly settings: ClientSettings,
    tokens: Tokens,
  ) {
    this.keep(tokens, tokens.claims() ?? {})
  }

  get person(): Person {
    const userId = String(this.claims.sub ?? '')
    const name = typeof this.claims.name === 'string' ? this.claims.name : userId
    return { userId, name, roles: readRoles(this.claims, this.settings.rolesClaim) }
  }

  /** The access token, a fresh one when needed. Throws what the provider says: `invalid_grant` when the login has ended there. */
  async freshToken(configuration: oidc.Configuration): Promise<string> {
    if (Date.now() > this.expiresAt - marginMs) {
      // Several requests at once ask once: a refresh token may be good for a single use.
      this.refreshing ??= this.refresh(configuration).finally(() => {
        this.refreshing = undefined
      })
      await this.refreshing
    }
    return this.accessToken
  }

  private async refresh(configuration: oidc.Configuration): Promise<void> {
    if (!this.refreshToken) throw new NoRefresh('the provider gave no refresh token')
    const tokens = await oidc.refreshTokenGrant(configuration, this.refreshToken)
    // Before anything else can fail: the one before may have been good once.
    this.refreshToken = tokens.refresh_token ?? this.refreshToken
    this.keep(tokens, tokens.claims() ?? (await this.askUserInfo(configuration, tokens.access_token)))
  }

  /** A fresh answer may come without an ID token, and the roles of the one before are those of then: they are asked for, or there are none. */
  private async askUserInfo(configuration: oidc.Configuration, token: string): Promise<Record<string, unknown>> {
    const { sub = '', name } = this.claims
    if (!configuration.serverMetadata().userinfo_endpoint) return { sub, name }
    return oidc.fetchUserInfo(configuration, token, String(sub))
  }

  /** A fresh answer may leave out what has not changed, but for the claims. */
  private keep(tokens: Tokens, claims: Record<string, unknown>): void {
    this.accessToken = tokens.access_token
    this.refreshToken = tokens.refresh_token ?? this.refreshToken
    this.idToken = tokens.id_token ?? this.idToken
    this.claims = claims
    this.expiresAt = Date.now() + Math.min(tokens.expires_in ?? mostSeconds, mostSeconds) * 1000
  }
}

/** Has the provider ended the login, rather than being away for a moment? */
export function hasEnded(error: unknown): boolean {
  if (error instanceof NoRefresh) return true
  const isAnswer = error instanceof oidc.ResponseBodyError || error instanceof oidc.WWWAuthenticateChallengeError
  return isAnswer && error.status < 500
}
