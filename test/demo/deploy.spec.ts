import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { resourceNames, spanNames } from '../../demo/door/allowed-names'
import { doorLimits } from '../../demo/door/limits'
import { readCompose } from './support/compose'

const read = (path: string) => readFileSync(new URL(`../../demo/${path}`, import.meta.url), 'utf8')

test('the collector lets every attribute of the SDK and the door through, and no other', () => {
  const text = read('deploy/browsers.yaml')
  const list = /allowed_keys:\n((?: +- .+\n)+)/.exec(text)?.[1] ?? ''
  const ids = /ignored_keys: \[(.+)\]/.exec(text)?.[1]?.split(', ') ?? []
  const allowed = [...[...list.matchAll(/- (.+)/g)].map(([, name]) => name), ...ids]
  expect(ids).toEqual(['order_id', 'user_id', 'session.id'])
  expect(allowed.sort()).toEqual([...spanNames, ...resourceNames, 'ordertrace.user.unconfirmed'].sort())
})

test('the collector lets through what the door has let through: times, attributes, and UUIDs', () => {
  const text = read('deploy/browsers.yaml')
  const hours = (before: string) => 3600_000 * Number(new RegExp(`${before} Duration\\("(\\d+)h"\\)`).exec(text)?.[1])
  expect(hours('span.start_time < Now\\(\\) -')).toBe(doorLimits.oldestMs)
  expect(hours('span.end_time > Now\\(\\) \\+')).toBe(doorLimits.aheadMs)
  expect(Number(/Len\(span.attributes\) > (\d+)/.exec(text)?.[1])).toBeGreaterThan(spanNames.size)
  expect(Number(/max_request_body_size: (\d+)/.exec(text)?.[1])).toBeGreaterThan(doorLimits.bodyBytes)
  const blocked = [...(/blocked_values:\n((?: +[-#] .+\n)+)/.exec(text)?.[1] ?? '').matchAll(/- '(.+)'/g)]
  expect(blocked).toHaveLength(2)
  const isBlocked = (value: string) => blocked.some(([, pattern = '']) => new RegExp(pattern).test(value))
  for (const value of [
    'a@b.example',
    '+7 912 345-67-89',
    'call (912) 345 67 89 00',
    '4111 1111 1111 1111',
    '89123456789',
  ])
    expect(isBlocked(value), value).toBe(true)
  const others = ['1234abcd-1234-4234-9234-123456789012', '12345678-1234-4234-9a34-123456789012']
  for (const id of others)
    for (const value of [id, `https://a/orders/${id}/files`, `o-${id}`, 'order 12345', '2026-11-25'])
      expect(isBlocked(value), value).toBe(false)
})

test('compose.yaml opens ports on the loopback interface alone, pins every image, and has no password in it', () => {
  const text = read('compose.yaml')
  const ports = [...text.matchAll(/ports: \[(.+)\]/g)].flatMap(([, list = '']) => list.split(', '))
  expect(ports).toHaveLength(6)
  for (const port of ports) expect(port).toMatch(/^'127\.0\.0\.1:\d+:\d+'$/)
  const images = [...text.matchAll(/image: (.+)/g)]
    .map(([, image]) => image)
    .filter((image) => image !== 'ordertrace-demo')
  expect(images.length).toBeGreaterThan(8)
  for (const image of images) expect(image).toMatch(/:v?\d+\.\d+(\.\d+)?(-[a-z]+)?$/)
  const secrets = [...text.matchAll(/(?:PASSWORD|SECRET|KEY|PASS): (.+)/g)].map(([, value]) => value)
  expect(secrets.length).toBeGreaterThan(10)
  // Compose refuses to start without a value: `:?`.
  for (const value of secrets) expect(value).toMatch(/^\$\{[A-Z_]+:\?.*\}$/)
})

test('the realm of Keycloak has the roles, and no password or secret in it', () => {
  const realm = JSON.parse(read('deploy/login/realm.json')) as {
    roles: { realm: { name: string }[] }
    clients: {
      clientId: string
      secret: string
      directAccessGrantsEnabled: boolean
      attributes: Record<string, string>
    }[]
    users: { username: string; realmRoles: string[]; credentials: { value: string; temporary: boolean }[] }[]
  }
  expect(realm.roles.realm.map(({ name }) => name)).toEqual(['manager', 'operator', 'Поддержка'])
  expect(realm.clients.map(({ clientId }) => clientId)).toEqual(['crm', 'mes', 'traces'])
  for (const { secret, directAccessGrantsEnabled, attributes } of realm.clients) {
    expect(secret).toMatch(/^\$\{[A-Z_]+\}$/)
    expect([directAccessGrantsEnabled, attributes['pkce.code.challenge.method']]).toEqual([false, 'S256'])
  }
  for (const { username, credentials } of realm.users)
    expect(credentials, username).toEqual([
      { type: 'password', value: expect.stringMatching(/^\$\{EMPLOYEE_PASSWORD\}$/), temporary: true },
    ])
})

test('every name in compose.yaml that has to be given is one that secrets.mjs gives', () => {
  const wanted = new Set([...read('compose.yaml').matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name))
  const given = new Set(
    [...read('deploy/secrets.mjs').matchAll(/'([A-Z_]+)'|log\(`([A-Z_]+)=/g)].map(([, a, b]) => a ?? b),
  )
  expect([...wanted].sort()).toEqual([...given].sort())
})

test('what reads Jaeger is reached by the login alone, and Jaeger by the collector and what reads it', () => {
  const services = readCompose()
  expect(services.size).toBeGreaterThan(15)
  const neighbours = (name: string) => {
    const own = [...(services.get(name)?.networks.keys() ?? [])]
    const near = [...services].filter(([other, { networks }]) => other !== name && own.some((one) => networks.has(one)))
    return near.map(([other]) => other).sort()
  }
  expect(neighbours('reader')).toEqual(['jaeger', 'traces'])
  expect(neighbours('jaeger')).toEqual(['collector', 'reader'])
  // The collector cannot read there: what is asked listens on the other network alone.
  const { networks, text } = services.get('jaeger') ?? { networks: new Map(), text: '' }
  expect(text).toContain(`JAEGER_HOST: ${networks.get('traces-in')}\n`)
  expect(text).toContain(`JAEGER_QUERY_HOST: ${networks.get('traces')}\n`)
  expect(services.get('collector')?.networks.has('traces')).toBe(false)
  expect(
    read('jaeger/jaeger.yaml').match(/endpoint: .*QUERY_HOST:-127\.0\.0\.1\}:\$\{env:JAEGER_QUERY_PORT/g),
  ).toHaveLength(1)
  // As the names of the networks are read here, and not misread.
  expect(neighbours('shop-db')).toContain('shop-api')
})

test('the edge alone is believed where it says whose request it is, and it says what it sees', () => {
  const services = readCompose()
  const edge = services.get('edge')?.networks
  const trusted = (text = '') => /TRUSTED_PROXIES: (.+)/.exec(text)?.[1]
  expect(trusted(services.get('door')?.text)).toBe(edge?.get('door'))
  expect(trusted(/x-door: &door\n((?: {2}.+\n)+)/.exec(read('compose.yaml'))?.[1])).toBe(edge?.get('uis'))
  for (const ui of ['internet-shop', 'crm', 'mes']) expect(services.get(ui)?.text).toMatch(/<<: .*\*door/)
  for (const [, address] of edge ?? []) expect(address).toMatch(/^10\.83\.\d\.2$/)
  // One header that is set in a place drops all that were set further out.
  const forwarded = 'proxy_set_header X-Forwarded-For $remote_addr;'
  expect(read('deploy/edge/spans.conf')).toContain(forwarded)
  const config = read('deploy/edge/nginx.conf')
  expect(config.split('server {')[0]).toContain(forwarded)
  for (const [location] of config.matchAll(/location [^{]+\{[^}]+\}/g))
    if (location.includes('proxy_set_header')) expect(location).toContain('include /etc/nginx/spans.conf;')
})

test('the edge tells the pages of the same origins what it refuses that the door takes spans of', () => {
  const origins = /DOOR_ORIGINS: (.+)/.exec(read('compose.yaml'))?.[1]?.split(' ') ?? []
  const listed = [...read('deploy/edge/nginx.conf').matchAll(/^ +(http\S+) \$http_origin;$/gm)].map(
    ([, origin]) => origin,
  )
  expect(origins.map((one) => one.split('=')[1])).toEqual(listed)
  expect(listed).toHaveLength(3)
})

test('every service that stays has a health check, but where its image cannot ask', () => {
  const without: Record<string, string> = {
    collector: 'an image of one program; collector-ready asks in its place',
    'files-bucket': 'makes the bucket and ends',
  }
  const services = readCompose()
  const names = [...services].filter(([, { hasHealthcheck }]) => !hasHealthcheck).map(([name]) => name)
  expect(names.sort()).toEqual(Object.keys(without).sort())
  expect(services.get('collector-ready')?.text).toContain('http://collector:13133/')
  // So who needs it waits for that one.
  expect(read('compose.yaml')).not.toMatch(/ collector: \{ condition/)
})

test('what was validated of the login before Jaeger is the version that runs', () => {
  const image = /oauth2-proxy:(v[\d.]+)-alpine/.exec(read('compose.yaml'))?.[1]
  expect(read('deploy/validate/oauth2-proxy/go.mod')).toContain(`github.com/oauth2-proxy/oauth2-proxy/v7 ${image} `)
  const collector = /collector-contrib:([\d.]+)/.exec(read('compose.yaml'))?.[1]
  expect(read('deploy/validate/collector/go.mod')).toContain(`/processor/tailsamplingprocessor v${collector}`)
})

test('a page says whom to ask where the role is missing, and a logout ends the session at Keycloak', () => {
  const config = read('deploy/oauth2-proxy.cfg')
  expect(config).toContain('custom_templates_dir = "/etc/oauth2-proxy/pages"')
  expect(read('compose.yaml')).toContain('./deploy/login/pages:/etc/oauth2-proxy/pages:ro')
  expect(config).toMatch(/backend_logout_url = ".*\/realms\/oprava\/.*\?id_token_hint=\{id_token\}"/)
  const page = read('deploy/login/pages/error.html')
  expect(page).toContain('Попросите роль у руководителя поддержки')
  const issuer = /oidc_issuer_url = "(.+)"/.exec(config)?.[1]
  expect(page).toContain(`href="${issuer}/protocol/openid-connect/logout?client_id=traces"`)
})
