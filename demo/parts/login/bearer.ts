import type { Request } from 'express'
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { Refusal } from '../http/refusal'
import { isId } from '../orders/order-ids'
import { type IdentifyEmployee, isRole } from './employee'
import { unavailable as unavailableAnswer } from './login-answers'
import { type OidcSettings, readRoles } from './oidc-settings'

/** Asymmetric only: with a shared secret an API could make tokens itself. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']

/**
 * Finds out who calls by the access token that the provider signed for this API and no other.
 * Throws a refusal: 401 for a token that does not hold, 503 when the provider cannot be asked for its keys.
 */
export function createIdentify(settings: OidcSettings, audience: string): IdentifyEmployee {
  const keys = rememberKeys(settings.issuer)
  return async (request) => {
    const token = readToken(request)
    if (token === undefined) return undefined
    const { payload } = await verify(token, { keys: await keys(), issuer: settings.issuer, audience })
    // Other providers may have ids with other characters; on a span an id must be one that can be searched for.
    if (!isId(payload.sub)) throw invalid('Its "sub" is no id of at most 64 letters, digits and ._:~-.')
    return { userId: payload.sub, roles: readRoles(payload, settings.rolesClaim).filter(isRole) }
  }
}

function readToken({ headers: { authorization } }: Request): string | undefined {
  return authorization === undefined ? undefined : (/^Bearer (.+)$/i.exec(authorization)?.[1] ?? '')
}

async function verify(
  token: string,
  { keys, issuer, audience }: { keys: JWTVerifyGetKey; issuer: string; audience: string },
) {
  try {
    return await jwtVerify(token, keys, { issuer, audience, algorithms, requiredClaims: ['exp', 'sub'] })
  } catch (error) {
    if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw unavailable(error)
    throw invalid('The access token does not hold.', error)
  }
}

/** The provider's keys; where they are is asked once, and again after a failure. */
function rememberKeys(issuer: string): () => Promise<JWTVerifyGetKey> {
  let found: Promise<JWTVerifyGetKey> | undefined
  const find = async () => {
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
    const { jwks_uri: uri } = (await response.json()) as { jwks_uri: string }
    return createRemoteJWKSet(new URL(uri))
  }
  return () => {
    found ??= find().catch((error: unknown) => {
      found = undefined
      throw unavailable(error)
    })
    return found
  }
}

function invalid(why: string, cause?: unknown): Refusal {
  return new Refusal('token_invalid', [401, `${why} Log in again.`], { cause })
}

function unavailable(cause: unknown): Refusal {
  return new Refusal('login_unavailable', unavailableAnswer, { cause })
}
