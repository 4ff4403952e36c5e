import Provider from 'oidc-provider'

/**
 * A provider that speaks as Keycloak does, as far as oauth2-proxy asks it: roles are in the access token, and a session ends at `/logout`.
 * @param {{ issuer: string, redirectUri: string, roles: Record<string, string[]>, disabled: Set<string> }} options `roles` by account and
 *   `disabled` are read each time
 * @returns what answers requests
 */
export function createStandIn({ issuer, redirectUri, roles, disabled }) {
  /** By account, as Keycloak has sessions. */
  const grants = new Map()
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'traces',
        client_secret: 'example',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [redirectUri],
      },
    ],
    pkce: { required: () => true },
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub'], profile: ['name'] },
    conformIdTokenClaims: false,
    // A sixth of Keycloak's.
    ttl: { AccessToken: 5, IdToken: 5, Grant: 600, RefreshToken: 600, Session: 600, Interaction: 600 },
    issueRefreshToken: async () => true,
    findAccount: async (_ctx, sub) =>
      disabled.has(sub) ? undefined : { accountId: sub, claims: async () => ({ sub, name: sub }) },
    extraTokenClaims: async (_ctx, token) => ({ realm_access: { roles: roles[token.accountId] ?? [] } }),
    async loadExistingGrant({ oidc: { client, session } }) {
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid profile')
      grant.addResourceScope('urn:traces', '')
      const id = await grant.save()
      grants.set(session.accountId, [...(grants.get(session.accountId) ?? []), id])
      return grant
    },
    features: {
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:traces',
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: '', audience: 'traces', accessTokenTTL: 5, accessTokenFormat: 'jwt' }),
      },
    },
  })

  /** What Keycloak does when it is told, with the token of a session, that it has ended: nothing is renewed any more. */
  async function endSession(idToken) {
    const { sub } = JSON.parse(Buffer.from(idToken.split('.')[1], 'base64url'))
    for (const id of grants.get(sub) ?? []) await (await provider.Grant.find(id))?.destroy()
  }

  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url, issuer)
    if (pathname !== '/logout') return provider.callback()(request, response)
    return endSession(searchParams.get('id_token_hint')).then(() => response.end())
  }
}
