import { resolve } from 'node:path'
import { readTrustedProxies } from './parts/http/client-address'
import { type OidcConfig, readOidc } from './settings/oidc'
import { readPorts } from './settings/ports'
import { readQueuePrefix, readRetryDelays } from './settings/queue'
import { ConfigError, type Environment, readUrl, readWhole } from './settings/read-setting'
import { readS3, type S3Config } from './settings/s3'

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
  ports: ReturnType<typeof readPorts>
}

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
    // S3_ENDPOINT and four more, in `settings/s3.ts`. Default: model files are in a folder on disk.
    ...optional('s3', readS3(env)),
    // OIDC_ISSUER and those for each application, in `settings/oidc.ts`. Default: the embedded identity provider.
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
    // INTERNET_SHOP_PORT and twelve more, in `settings/ports.ts`.
    ports: readPorts(env),
  }
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

function readLimit(env: Environment, name: string): number | undefined {
  return env[name] ? readWhole(env, name, { standard: 1, least: 1, most: 10_000_000 }) : undefined
}

/** A key that is absent rather than undefined, as `exactOptionalPropertyTypes` asks. */
function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })
}
