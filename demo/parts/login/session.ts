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

/** One login: the tokens that the provider gave, kept fresh as long as it goes on giving them. */
export class Session {
  private refreshing: Promise<void> | undefined
  private expiresAt = 0

  constructor(
    private readonly settings: ClientSettings,
    private tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers,
  ) {
    this.noteExpiry()
  }

  get person(): Person {
    const claims: Record<string, unknown> = this.tokens.claims() ?? {}
    const userId = String(claims.sub ?? '')
    const name = typeof claims.name === 'string' ? claims.name : userId
    return { userId, name, roles: readRoles(claims, this.settings.rolesClaim) }
  }

  /** What the provider wants to see when the login ends. */
  get idToken(): string | undefined {
    return this.tokens.id_token
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
    return this.tokens.access_token
  }

  private async refresh(configuration: oidc.Configuration): Promise<void> {
    const { refresh_token: refreshToken = '', id_token: idToken } = this.tokens
    const fresh = await oidc.refreshTokenGrant(configuration, refreshToken)
    const claims = fresh.claims() ?? this.tokens.claims()
    this.tokens = Object.assign(fresh, {
      refresh_token: fresh.refresh_token ?? refreshToken,
      ...((fresh.id_token ?? idToken) && { id_token: fresh.id_token ?? idToken }),
      claims: () => claims,
    })
    this.noteExpiry()
  }

  private noteExpiry(): void {
    this.expiresAt = Date.now() + (this.tokens.expires_in ?? 60) * 1000
  }
}

/** Has the provider ended the login, rather than being away for a moment? */
export function hasEnded(error: unknown): boolean {
  return error instanceof oidc.ResponseBodyError && error.status < 500
}
