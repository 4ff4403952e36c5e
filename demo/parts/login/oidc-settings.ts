import { readServiceEnv } from '../process/service-env'

/** Which provider is asked, and what is read out of its tokens. */
export interface OidcSettings {
  issuer: string
  /** Where the roles are in a token, `roles` or, in Keycloak, `realm_access.roles`. */
  rolesClaim: string
}

/** An application whose users log in. */
export interface ClientSettings extends OidcSettings {
  clientId: string
  clientSecret: string
}

/** Reads what the launcher says. */
export function readOidcSettings(): OidcSettings {
  const { OIDC_ISSUER, OIDC_ROLES_CLAIM } = readServiceEnv('OIDC_ISSUER', 'OIDC_ROLES_CLAIM')
  return { issuer: OIDC_ISSUER, rolesClaim: OIDC_ROLES_CLAIM }
}

/** Reads what the launcher says to an application. */
export function readClientSettings(): ClientSettings {
  const env = readServiceEnv('OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET')
  return { ...readOidcSettings(), clientId: env.OIDC_CLIENT_ID, clientSecret: env.OIDC_CLIENT_SECRET }
}

/** The roles that a token names; none when it names none in that place. */
export function readRoles(claims: Record<string, unknown>, rolesClaim: string): string[] {
  const found = rolesClaim
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], claims)
  return Array.isArray(found) ? found.filter((role) => typeof role === 'string') : []
}
