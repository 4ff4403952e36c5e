import { expect, test } from '@playwright/test'
import { readConfig } from '../../demo/config'

test('without any setting everything is embedded, on the documented ports', () => {
  expect(readConfig({})).toEqual({
    tokenSeconds: 30,
    jaeger: false,
    ports: {
      internetShop: { port: 4300, isDefault: true },
      shopApi: { port: 4301, isDefault: true },
      crm: { port: 4302, isDefault: true },
      crmApi: { port: 4303, isDefault: true },
      mes: { port: 4304, isDefault: true },
      mesApi: { port: 4305, isDefault: true },
      identityProvider: { port: 4306, isDefault: true },
      faults: { port: 4307, isDefault: true },
      traceGate: { port: 4308, isDefault: true },
      door: { port: 4309, isDefault: true },
      traceStore: { port: 4320, isDefault: true },
      jaegerQuery: { port: 4321, isDefault: true },
      postgres: { port: 54320, isDefault: true },
    },
  })
})

test('each real part replaces its embedded one', () => {
  const config = readConfig({
    SHOP_DB_URL: 'postgres://shop:secret@db.example/shop',
    MES_DB_URL: 'postgres://mes:secret@db.example/mes',
    QUEUE_URL: 'amqp://guest:secret@queue.example:5672/',
    QUEUE_PREFIX: 'two.',
    QUEUE_RETRY_DELAYS: '100,2000',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.example:4318/',
    JAEGER_QUERY_URL: 'https://jaeger.example',
    S3_ENDPOINT: 'http://s3.example:8333',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY: 'key',
    OIDC_ISSUER: 'https://login.example/realms/oprava',
    OIDC_ROLES_CLAIM: 'realm_access.roles',
    CRM_OIDC_CLIENT_SECRET: 'one',
    MES_OIDC_CLIENT_SECRET: 'two',
    MES_OIDC_CLIENT_ID: 'workshop',
    GATE_OIDC_CLIENT_SECRET: 'three',
    SHOP_API_PORT: '5000',
  })
  expect(config).toMatchObject({
    shopDbUrl: 'postgres://shop:secret@db.example/shop',
    mesDbUrl: 'postgres://mes:secret@db.example/mes',
    queueUrl: 'amqp://guest:secret@queue.example:5672',
    queuePrefix: 'two.',
    queueRetryDelays: [100, 2000],
    collectorUrl: 'http://collector.example:4318',
    queryUrl: 'https://jaeger.example',
    s3: { endpoint: 'http://s3.example:8333', bucket: '3d-files', region: 'us-east-1' },
    oidc: {
      issuer: 'https://login.example/realms/oprava',
      rolesClaim: 'realm_access.roles',
      crm: { clientId: 'crm', clientSecret: 'one', audience: 'crm-api' },
      gate: { clientId: 'gate', clientSecret: 'three', audience: 'gate-api' },
      supportRole: 'Поддержка',
      mes: { clientId: 'workshop', clientSecret: 'two', audience: 'mes-api' },
    },
    ports: { shopApi: { port: 5000, isDefault: false } },
  })
})

const wrong: [name: string, value: string][] = [
  ['SHOP_DB_URL', 'mysql://root:secret@db/shop'],
  ['MES_DB_URL', 'amqp://root:secret@db/mes'],
  ['QUEUE_URL', 'http://root:secret@queue'],
  ['QUEUE_PREFIX', 'a b'],
  ['QUEUE_RETRY_DELAYS', '100;200'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
  ['JAEGER_QUERY_URL', 'ftp://jaeger'],
  ['TRACE_STORE', 'zipkin'],
  ['S3_ENDPOINT', 's3'],
  ['OIDC_ISSUER', 'login.example'],
  ['TRUSTED_PROXIES', 'nginx,10.0.0.0/8'],
  ['TOKEN_SECONDS', '5'],
  ['SHOP_API_PORT', '0'],
  ['POSTGRES_PORT', '65536'],
  ['TRACE_STORE_PORT', '1.5'],
]

for (const [name, value] of wrong) {
  test(`a wrong ${name} is named, and no secret is repeated`, () => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must be`))
    expect(() => readConfig({ [name]: value })).not.toThrow(/secret/)
  })
}

test('half of the S3 credentials is an error', () => {
  expect(() => readConfig({ S3_ENDPOINT: 'http://s3', S3_ACCESS_KEY_ID: 'id' })).toThrow(/S3_SECRET_ACCESS_KEY/)
})

test('an identity provider needs the secrets of its clients', () => {
  expect(() => readConfig({ OIDC_ISSUER: 'https://login.example', CRM_OIDC_CLIENT_SECRET: 'one' })).toThrow(
    /^MES_OIDC_CLIENT_SECRET must be set/,
  )
})

test('a Jaeger of its own and a collector elsewhere are one too many', () => {
  expect(readConfig({ TRACE_STORE: 'jaeger' })).toMatchObject({ jaeger: true })
  const both = { TRACE_STORE: 'jaeger', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }
  expect(() => readConfig(both)).toThrow(/unset one of the two/)
})
