import { createServer } from 'node:http'
import { test as base, expect } from '@playwright/test'
import type { Request } from 'express'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { Refusal } from '../../demo/parts/http/refusal'
import { createIdentify } from '../../demo/parts/login/bearer'
import type { Employee } from '../../demo/parts/login/employee'
import { listen } from './support/listen'

interface Issuer {
  url: string
  /** A token as the provider makes it, changed as the test says. */
  sign(
    claims?: Record<string, unknown>,
    how?: { key?: 'foreign'; audience?: string; issuer?: string; end?: string },
  ): Promise<string>
  publicKey: string
}

/** An identity provider as far as an API sees one: where its keys are, and its keys. */
const test = base.extend<{ issuer: Issuer; identify: (authorization?: string) => Promise<Employee | undefined> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  issuer: async ({}, use) => {
    const [own, foreign] = [await generateKeyPair('RS256', { extractable: true }), await generateKeyPair('RS256')]
    const jwk = { ...(await exportJWK(own.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }
    const server = createServer(({ url }, response) => {
      const isDiscovery = url === '/.well-known/openid-configuration'
      response.end(JSON.stringify(isDiscovery ? { jwks_uri: `${site.url}/jwks` } : { keys: [jwk] }))
    })
    const site = await listen(server)
    await use({
      url: site.url,
      publicKey: JSON.stringify(jwk),
      sign: (claims = {}, { key, audience = 'mes-api', issuer = site.url, end = '1 minute' } = {}) =>
        new SignJWT({ sub: 'u-7', roles: ['operator'], ...claims })
          .setProtectedHeader({ alg: 'RS256', kid: 'k' })
          .setIssuer(issuer)
          .setAudience(audience)
          .setIssuedAt()
          .setExpirationTime(end)
          .sign(key === 'foreign' ? foreign.privateKey : own.privateKey),
    })
    await site.stop()
  },
  identify: async ({ issuer }, use) => {
    const identify = createIdentify({ issuer: issuer.url, rolesClaim: 'roles' }, 'mes-api')
    await use(async (authorization) => identify({ headers: { authorization } } as Request))
  },
})

const refusal = async (answer: Promise<unknown>) => {
  const error = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof Refusal ? [error.status, error.code] : error
}

test('a token of the provider says who calls, with the roles that the APIs know', async ({ issuer, identify }) => {
  const token = await issuer.sign({ roles: ['operator', 'support', 7] })
  expect(await identify(`Bearer ${token}`)).toEqual({ userId: 'u-7', roles: ['operator'] })
  expect(await identify(`bearer ${await issuer.sign({ roles: undefined })}`)).toEqual({ userId: 'u-7', roles: [] })
  expect(await identify()).toBeUndefined()
})

test('roles are read where the provider puts them', async ({ issuer }) => {
  const identify = createIdentify({ issuer: issuer.url, rolesClaim: 'realm_access.roles' }, 'mes-api')
  const token = await issuer.sign({ roles: ['manager'], realm_access: { roles: ['operator'] } })
  expect(await identify({ headers: { authorization: `Bearer ${token}` } } as Request)).toMatchObject({
    roles: ['operator'],
  })
})

test('a token that does not hold opens nothing', async ({ issuer, identify }) => {
  expect(await identify(`Bearer ${await issuer.sign()}`)).toBeDefined()
  const claims = { sub: 'u-7', roles: ['operator'], iss: issuer.url, aud: 'mes-api', exp: Date.now() / 1000 + 60 }
  // The classic: the public key as if it were a shared secret.
  const shared = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k' })
  const tokens = {
    'for another API': await issuer.sign({}, { audience: 'crm-api' }),
    'of another issuer': await issuer.sign({}, { issuer: 'https://elsewhere.example' }),
    'with a foreign key': await issuer.sign({}, { key: 'foreign' }),
    'out of date': await issuer.sign({}, { end: '1 minute ago' }),
    unsigned: new UnsecuredJWT(claims).encode(),
    'signed with the public key': await shared.sign(new TextEncoder().encode(issuer.publicKey)),
    'without a user': await issuer.sign({ sub: undefined }),
    'with a user that is no id': await issuer.sign({ sub: 'maria@oprava.example' }),
    garbage: 'x.y.z',
    empty: '',
  }
  for (const [what, token] of Object.entries(tokens)) {
    expect(await refusal(identify(`Bearer ${token}`)), what).toEqual([401, 'token_invalid'])
  }
  expect(await refusal(identify(`Basic ${await issuer.sign()}`))).toEqual([401, 'token_invalid'])
})

test('a provider that is away is no refusal, and is asked again', async () => {
  let isAway = true
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k' }
  const server = createServer(({ url }, response) => {
    if (isAway) response.destroy()
    else response.end(JSON.stringify(url === '/jwks' ? { keys: [jwk] } : { jwks_uri: `${site.url}/jwks` }))
  })
  const site = await listen(server)
  const identify = createIdentify({ issuer: site.url, rolesClaim: 'roles' }, 'mes-api')
  const token = await new SignJWT({ sub: 'u-7' })
    .setProtectedHeader({ alg: 'RS256', kid: 'k' })
    .setIssuer(site.url)
    .setAudience('mes-api')
    .setExpirationTime('1 minute')
    .sign(privateKey)
  const request = { headers: { authorization: `Bearer ${token}` } } as Request
  expect(await refusal(Promise.resolve(identify(request)))).toEqual([503, 'login_unavailable'])
  isAway = false
  expect(await identify(request)).toMatchObject({ userId: 'u-7' })
  await site.stop()
})
