import { generateKeyPairSync } from 'node:crypto'
import {
  type ClientMetadata,
  type Configuration,
  interactionPolicy,
  type KoaContextWithOIDC,
  Provider,
} from 'oidc-provider'
import type { Account, Employees } from './employees'

/** An application whose users log in here. */
export interface Application {
  clientId: string
  clientSecret: string
  /** The API that its tokens are for. */
  audience: string
  /** The roles that this API knows: its tokens tell of no others. */
  roles: readonly string[]
}

export interface ProviderOptions {
  issuer: string
  applications: readonly Application[]
  employees: Employees
  /** How long an access token holds, s: after so long an account that was disabled opens nothing any more. */
  tokenSeconds: number
}

/** How long a login holds, s: a shift. */
const sessionSeconds = 12 * 3600
/** What the APIs' names look like as resources, which have to be URIs. */
const resourcePrefix = 'urn:oprava:'

/** The embedded identity provider: OpenID Connect as a real one speaks it, with accounts out of a file. */
export function createProvider({ issuer, applications, employees, tokenSeconds }: ProviderOptions): Provider {
  const findApplication = (clientId: string | undefined) =>
    applications.find((application) => application.clientId === clientId)
  const configuration: Configuration = {
    clients: applications.map(describeClient),
    jwks: { keys: [createKey()] },
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub'], profile: ['name', 'roles'] },
    // Name and roles come with the ID token: whoever logs in asks for nothing else.
    conformIdTokenClaims: false,
    ttl: {
      AccessToken: tokenSeconds,
      IdToken: 3600,
      Grant: sessionSeconds,
      RefreshToken: sessionSeconds,
      Session: sessionSeconds,
      Interaction: 3600,
    },
    pkce: { required: () => true },
    cookies: { short: { sameSite: 'lax' }, long: { sameSite: 'lax' } },
    interactions: { policy: createPolicy(), url: (_ctx, { uid }) => `/interaction/${uid}` },
    issueRefreshToken: async () => true,
    findAccount: async (_ctx, sub) => {
      const account = await employees.findActive(sub)
      return account && { accountId: sub, claims: async () => claimsOf(account) }
    },
    extraTokenClaims: async (ctx, token) => {
      if (token.kind !== 'AccessToken') return undefined
      const account = await employees.findActive(token.accountId)
      const known = findApplication(ctx.oidc.client?.clientId)?.roles ?? []
      return { roles: account?.roles.filter((role) => known.includes(role)) ?? [] }
    },
    // Nobody is asked whether the company's own applications may know who works there.
    loadExistingGrant: (ctx) => grantAll(ctx, findApplication(ctx.oidc.client?.clientId)),
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => {
          ctx.body = logoutPage(form)
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: async (_ctx, client) => `${resourcePrefix}${findApplication(client?.clientId)?.audience}`,
        useGrantedResource: async () => true,
        getResourceServerInfo: async (_ctx, resource) => ({
          scope: '',
          audience: resource.slice(resourcePrefix.length),
          accessTokenTTL: tokenSeconds,
          accessTokenFormat: 'jwt',
        }),
      },
    },
  }
  return new Provider(issuer, configuration)
}

/** Native, for such a client may come back to any port of the loopback interface, and ours are not known before they start. */
function describeClient({ clientId, clientSecret }: Application): ClientMetadata {
  const loopback = ['http://127.0.0.1', 'http://localhost']
  return {
    client_id: clientId,
    client_secret: clientSecret,
    application_type: 'native',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: loopback.map((origin) => `${origin}/login/callback`),
    post_logout_redirect_uris: loopback.map((origin) => `${origin}/`),
  }
}

/** As it comes, but for a question that only makes sense where anybody may write an application. */
function createPolicy(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base()
  policy.get('consent')?.checks.remove('native_client_prompt')
  return policy
}

function claimsOf({ userId, name, roles }: Account): { sub: string; name: string; roles: string[] } {
  return { sub: userId, name, roles }
}

async function grantAll(ctx: KoaContextWithOIDC, application: Application | undefined) {
  const { provider, client, session } = ctx.oidc
  if (!client || !session?.accountId) return undefined
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope('openid profile')
  grant.addResourceScope(`${resourcePrefix}${application?.audience}`, '')
  await grant.save()
  return grant
}

/** New with each start: who was logged in then logs in again. */
function createKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }
}

/** Whoever pressed "log out" in an application has said so already: the form sends itself, and has a button where scripts are off. */
function logoutPage(form: string): string {
  return `<!doctype html>
<meta charset="utf-8"><title>Выход</title>
${form}
<noscript><button type="submit" form="op.logoutForm" name="logout" value="yes">Выйти / Log out</button></noscript>
<script src="/page/log-out.js"></script>`
}
