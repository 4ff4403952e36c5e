import * as oidc from 'openid-client'
import type { ClientSettings } from './oidc-settings'

/** Gives the connection to the identity provider: looked up when first needed, and again after a failure. */
export function connectToProvider({
  issuer,
  clientId,
  clientSecret,
}: ClientSettings): () => Promise<oidc.Configuration> {
  let found: Promise<oidc.Configuration> | undefined
  // Without TLS only on this machine, where the embedded provider is.
  const execute = isLoopback(new URL(issuer)) ? [oidc.allowInsecureRequests] : []
  return () => {
    found ??= oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, { execute }).catch((error) => {
      found = undefined
      throw error
    })
    return found
  }
}

/** Is this an address that nobody but this machine reaches? */
export function isLoopback({ hostname }: URL): boolean {
  // https://www.rfc-editor.org/rfc/rfc6761#section-6.3
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) || hostname.endsWith('.localhost')
}
