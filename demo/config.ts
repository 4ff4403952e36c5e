import { resolve } from 'node:path'
import { readTrustedProxies } from './parts/http/client-address'

/** A setting with a value that cannot work; its message names the setting, the value and what is expected. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Where model files go when it is not the folder on disk. */
export interface S3Config {
  endpoint: string
  bucket: string
  region: string
  /** Absent: the AWS SDK looks where it always does (profile, role of the machine…). */
  credentials?: { accessKeyId: string; secretAccessKey: string }
}

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

/** A wish for a TCP port: a default may give way to the next free one, a port that somebody asked for may not. */
export interface PortWish {
  port: number
  isDefault: boolean
}

/** What listens on a port of its own. */
type Part =
  | 'internetShop'
  | 'shopApi'
  | 'crm'
  | 'crmApi'
  | 'mes'
  | 'mesApi'
  | 'identityProvider'
  | 'faults'
  | 'traceGate'
  | 'door'
  | 'traceStore'
  | 'jaegerQuery'
  | 'postgres'

/** Everything that the environment decides. */
export interface DemoConfig {
  dataDir?: string
  shopDbUrl?: string
  mesDbUrl?: string
  queueUrl?: string
  queuePrefix?: string
  queueRetryDelays?: number[]
  s3?: S3Config
  oidc?: OidcConfig
  tokenSeconds: number
  collectorUrl?: string
  queryUrl?: string
  jaeger: boolean
  maxSpans?: number
  maxTraces?: number
  trustedProxies?: string
  ports: Record<Part, PortWish>
}

type Environment = Record<string, string | undefined>

/** Reads the configuration from environment variables, every one of them optional. Throws {@link ConfigError}. */
export function readConfig(env: Environment): DemoConfig {
  return {
    // The folder for the embedded database and the model files. Default: demo/.data.
    ...optional('dataDir', env.DEMO_DATA_DIR ? resolve(env.DEMO_DATA_DIR) : undefined),
    // A real PostgreSQL for the Shop DB, e.g. postgres://shop:secret@db.example:5432/shop. Default: embedded.
    ...optional('shopDbUrl', readUrl(env, 'SHOP_DB_URL', ['postgres:', 'postgresql:'])),
    // A real PostgreSQL for the MES DB: a database of its own, not the Shop DB. Default: embedded.
    ...optional('mesDbUrl', readUrl(env, 'MES_DB_URL', ['postgres:', 'postgresql:'])),
    // RabbitMQ, e.g. amqp://user:secret@queue.example:5672, or a PostgreSQL for the queue. Default: embedded PostgreSQL.
    ...optional('queueUrl', readUrl(env, 'QUEUE_URL', ['amqp:', 'amqps:', 'postgres:', 'postgresql:'])),
    // Put before the names of the queues, when two systems share a server. Default: nothing.
    ...optional('queuePrefix', readQueuePrefix(env)),
    // Pauses before the second, third… attempt at a message, ms, e.g. 200,1000. Default: four, half a minute in all.
    ...optional('queueRetryDelays', readRetryDelays(env)),
    ...optional('s3', readS3(env)),
    ...optional('oidc', readOidc(env)),
    // How long the embedded identity provider's access tokens hold, s; so soon a disabled account is out. Default 30.
    tokenSeconds: readWhole(env, 'TOKEN_SECONDS', { standard: 30, least: 6, most: 3600 }),
    // A collector or Jaeger that takes OTLP/HTTP, e.g. http://127.0.0.1:4318 (without /v1/traces). Default: embedded.
    ...optional('collectorUrl', readUrl(env, 'OTEL_EXPORTER_OTLP_ENDPOINT', ['http:', 'https:'])),
    // Jaeger's query API, e.g. http://127.0.0.1:16686. Default: the embedded trace store.
    ...optional('queryUrl', readUrl(env, 'JAEGER_QUERY_URL', ['http:', 'https:'])),
    // `jaeger`: a real Jaeger is started (`--jaeger`): JAEGER_BIN, or one of the path, or Jaeger's release (JAEGER_DOWNLOADS names a mirror), or
    // one built with Go; the last two are kept in JAEGER_CACHE, by default in the user's folder of caches. Default: embedded.
    jaeger: readTraceStore(env) === 'jaeger',
    // What the embedded trace store keeps, some 3 kB a span; the oldest traces go first. Default: 20000 and 5000, more for `--load`.
    ...optional('maxSpans', readLimit(env, 'TRACE_STORE_MAX_SPANS')),
    ...optional('maxTraces', readLimit(env, 'TRACE_STORE_MAX_TRACES')),
    // Proxies in front of the parts, addresses or ranges: what they write last into X-Forwarded-For is whose request it is when requests,
    // connections and passwords are counted by address, e.g. 10.0.0.0/8,2001:db8::1. Default: none, and the header counts for nothing.
    ...optional('trustedProxies', readProxies(env)),
    ports: {
      internetShop: readPort(env, 'INTERNET_SHOP_PORT', 4300),
      shopApi: readPort(env, 'SHOP_API_PORT', 4301),
      crm: readPort(env, 'CRM_PORT', 4302),
      crmApi: readPort(env, 'CRM_API_PORT', 4303),
      mes: readPort(env, 'MES_PORT', 4304),
      mesApi: readPort(env, 'MES_API_PORT', 4305),
      identityProvider: readPort(env, 'IDENTITY_PROVIDER_PORT', 4306),
      faults: readPort(env, 'FAULTS_PORT', 4307),
      traceGate: readPort(env, 'TRACE_GATE_PORT', 4308),
      door: readPort(env, 'DOOR_PORT', 4309),
      traceStore: readPort(env, 'TRACE_STORE_PORT', 4320),
      jaegerQuery: readPort(env, 'JAEGER_QUERY_PORT', 4321),
      postgres: readPort(env, 'POSTGRES_PORT', 54320),
    },
  }
}

/** What {@link readS3} reads, for whoever hands it on to a service. */
export const s3Variables = [
  'S3_ENDPOINT',
  'S3_BUCKET',
  'S3_REGION',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
] as const

/**
 * The S3 storage, or nothing when `S3_ENDPOINT` is not set (then files go to a folder on disk).
 * `S3_BUCKET` default `3d-files`; `S3_REGION` default `us-east-1`; `S3_ACCESS_KEY_ID` with `S3_SECRET_ACCESS_KEY`.
 */
export function readS3(env: Environment): S3Config | undefined {
  const endpoint = readUrl(env, 'S3_ENDPOINT', ['http:', 'https:'])
  if (!endpoint) return undefined
  const accessKeyId = env.S3_ACCESS_KEY_ID
  const secretAccessKey = env.S3_SECRET_ACCESS_KEY
  if (Boolean(accessKeyId) !== Boolean(secretAccessKey)) {
    throw new ConfigError('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: set both or neither.')
  }
  return {
    endpoint,
    bucket: env.S3_BUCKET || '3d-files',
    region: env.S3_REGION || 'us-east-1',
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
  }
}

/**
 * The identity provider, or nothing when `OIDC_ISSUER` is not set (then the embedded one starts). For each application, `CRM`, `MES` and `GATE`:
 * `…_OIDC_CLIENT_SECRET` is required; `…_OIDC_CLIENT_ID` default `crm`, `mes`, `gate`; `…_OIDC_AUDIENCE` default `crm-api`, `mes-api`.
 * `OIDC_ROLES_CLAIM` default `roles`; Keycloak's is `realm_access.roles`. `SUPPORT_ROLE` default `Поддержка`.
 */
function readOidc(env: Environment): OidcConfig | undefined {
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

function readUrl(env: Environment, name: string, protocols: string[]): string | undefined {
  const value = env[name]
  if (!value) return undefined
  const protocol = URL.canParse(value) ? new URL(value).protocol : undefined
  if (!protocol || !protocols.includes(protocol)) {
    // The value may hold a password, so the message does not repeat it.
    throw new ConfigError(`${name} must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`)
  }
  return value.replace(/\/+$/, '')
}

function readProxies({ TRUSTED_PROXIES: text }: Environment): string | undefined {
  try {
    readTrustedProxies(text)
  } catch (error) {
    throw new ConfigError((error as Error).message)
  }
  return text || undefined
}

function readTraceStore({ TRACE_STORE, OTEL_EXPORTER_OTLP_ENDPOINT: collector }: Environment): string {
  const store = TRACE_STORE || 'embedded'
  if (store === 'jaeger' && collector)
    throw new ConfigError(
      'Either a Jaeger is started or spans go to OTEL_EXPORTER_OTLP_ENDPOINT: unset one of the two.',
    )
  if (store === 'embedded' || store === 'jaeger') return store
  throw new ConfigError(`TRACE_STORE must be "embedded" or "jaeger", but it is "${store}".`)
}

function readQueuePrefix({ QUEUE_PREFIX: prefix }: Environment): string | undefined {
  if (!prefix || /^[A-Za-z0-9._-]{1,64}$/.test(prefix)) return prefix || undefined
  throw new ConfigError(`QUEUE_PREFIX must be up to 64 letters, digits, ".", "_" and "-", but it is "${prefix}".`)
}

/** `QUEUE_RETRY_DELAYS` as numbers, or nothing when it is not set. */
export function readRetryDelays({ QUEUE_RETRY_DELAYS: text }: Environment): number[] | undefined {
  if (!text) return undefined
  if (/^\d{1,7}(,\d{1,7}){0,9}$/.test(text)) return text.split(',').map(Number)
  throw new ConfigError(`QUEUE_RETRY_DELAYS must be up to ten whole numbers with commas between, but it is "${text}".`)
}

function readWhole(
  env: Environment,
  name: string,
  { standard, least, most }: { standard: number; least: number; most: number },
): number {
  const value = Number(env[name] || standard)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new ConfigError(`${name} must be a whole number from ${least} to ${most}, but it is "${env[name]}".`)
}

function readLimit(env: Environment, name: string): number | undefined {
  return env[name] ? readWhole(env, name, { standard: 1, least: 1, most: 10_000_000 }) : undefined
}

function readPort(env: Environment, name: string, standard: number): PortWish {
  return { port: readWhole(env, name, { standard, least: 1, most: 65535 }), isDefault: !env[name] }
}

/** A key that is absent rather than undefined, as `exactOptionalPropertyTypes` asks. */
function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })
}
