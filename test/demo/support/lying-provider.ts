import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { listen } from './listen'

/** What an identity provider says, right or wrong. */
export interface Says {
  nonce?: string
  /** Default: that of support. */
  roles?: string[]
  /** Seconds that its tokens hold. Default 3600. */
  expiresIn?: number
  /** What it says of the user, where it has a place to ask. */
  userInfo?: Record<string, unknown>
  /** Fresh tokens come without an ID token. */
  isSilent?: boolean
  /** It gives nothing to refresh with. */
  isOnce?: boolean
  /** It does not refresh any more. */
  isOver?: boolean
}

export interface LyingProvider {
  issuer: string
  says: Says
  /** What the token endpoint was asked, newest last. */
  asked: URLSearchParams[]
  /** The code that it gives for this authorization request. */
  authorize(url: URL): string
  stop(): Promise<void>
}

/** An identity provider that says what the test wants, signed with the right key. */
export async function startLyingProvider(): Promise<LyingProvider> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), alg: 'RS256', kid: 'k', use: 'sig' }
  const says: Says = {}
  const asked: URLSearchParams[] = []
  const begun = { nonce: '', challenge: '', clientId: '' }
  const giveTokens = async () => {
    const claims = { nonce: says.nonce ?? begun.nonce, name: 'Олег', roles: says.roles ?? ['Поддержка'] }
    const token = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k' }).setIssuer(issuer.url)
    const id_token = await token
      .setSubject('u-1')
      .setAudience(begun.clientId)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey)
    const holds = { expires_in: says.expiresIn ?? 3600, ...(!says.isOnce && { refresh_token: 'refresh' }) }
    return { access_token: 'access', token_type: 'Bearer', id_token, ...holds }
  }
  const grant = async (form: URLSearchParams) => {
    asked.push(form)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isFirst = form.get('grant_type') === 'authorization_code'
    const isRefused = isFirst ? challenge !== begun.challenge : says.isOver
    if (isRefused) return { status: 400, body: { error: 'invalid_grant' } }
    const { id_token, ...tokens } = await giveTokens()
    return { status: 200, body: isFirst || !says.isSilent ? { ...tokens, id_token } : tokens }
  }
  const issuer = await listen(
    createServer(async (request, response) => {
      const answer = request.url === '/token' ? await grant(new URLSearchParams(await text(request))) : undefined
      const metadata = {
        issuer: issuer.url,
        authorization_endpoint: `${issuer.url}/auth`,
        token_endpoint: `${issuer.url}/token`,
        jwks_uri: `${issuer.url}/jwks`,
        ...(says.userInfo && { userinfo_endpoint: `${issuer.url}/me` }),
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      }
      response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' })
      const others: Record<string, unknown> = { '/jwks': { keys: [jwk] }, '/me': { sub: 'u-1', ...says.userInfo } }
      response.end(JSON.stringify(answer?.body ?? others[request.url ?? ''] ?? metadata))
    }),
  )
  return {
    issuer: issuer.url,
    says,
    asked,
    authorize({ searchParams }) {
      begun.nonce = searchParams.get('nonce') ?? ''
      begun.challenge = searchParams.get('code_challenge') ?? ''
      begun.clientId = searchParams.get('client_id') ?? ''
      return 'the-code'
    },
    stop: issuer.stop,
  }
}
