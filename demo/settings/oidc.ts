import { ConfigError, type Environment, readUrl } from './read-setting'

/** The company's identity provider when it is not the embedded one. */
export interface OidcConfig {
  issuer: string
  /** Where the roles are in its tokens. */
  rolesClaim: string
  crm: OidcClientConfig
  mes: OidcClientConfig
  /** The gate to the traces; it reads the roles out of the ID token. */
  gate: OidcClientConfig
  /** Who may look at traces. */
  supportRole: string
}

/** One application at the identity provider. */
export interface OidcClientConfig {
  clientId: string
  clientSecret: string
  /** The `aud` of the access tokens for its API. */
  audience: string
}

/**
 * The identity provider, or nothing when `OIDC_ISSUER` is not set (then the embedded one starts). For each application, `CRM`, `MES` and `GATE`:
 * `…_OIDC_CLIENT_SECRET` is required; `…_OIDC_CLIENT_ID` default `crm`, `mes`, `gate`; `…_OIDC_AUDIENCE` default `crm-api`, `mes-api`.
 * `OIDC_ROLES_CLAIM` default `roles`; Keycloak's is `realm_access.roles`. `SUPPORT_ROLE` default `Поддержка`.
 */
export function readOidc(env: Environment): OidcConfig | undefined {
  const issuer = readUrl(env, 'OIDC_ISSUER', ['http:', 'https:'])
  if (!issuer) return undefined
  const read = (name: 'crm' | 'mes' | 'gate'): OidcClientConfig => {
    const prefix = `${name.toUpperCase()}_OIDC`
    const clientSecret = env[`${prefix}_CLIENT_SECRET`]
    if (!clientSecret) throw new ConfigError(`${prefix}_CLIENT_SECRET must be set when OIDC_ISSUER is.`)
    const [clientId, audience] = [env[`${prefix}_CLIENT_ID`] || name, env[`${prefix}_AUDIENCE`] || `${name}-api`]
    return { clientId, clientSecret, audience }
  }
  const clients = { crm: read('crm'), mes: read('mes'), gate: read('gate') }
  return { issuer, rolesClaim: env.OIDC_ROLES_CLAIM || 'roles', ...clients, supportRole: readSupportRole(env) }
}

/** The role of those who may look at traces. */
export function readSupportRole({ SUPPORT_ROLE }: Environment): string {
  return SUPPORT_ROLE || 'Поддержка'
}
