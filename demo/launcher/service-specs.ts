import { createHash } from 'node:crypto'
import type { DemoConfig } from '../config'
import type { OidcClientConfig, OidcConfig } from '../settings/oidc'
import { s3Variables } from '../settings/s3'
import type { PageStore } from '../trace-store/answer-page'
import type { ApiUrls } from './running-system'
import type { ServiceOptions } from './service'
import type { Databases } from './start-databases'

/** Where the APIs find what they work with. */
export interface Addresses extends Databases {
  modelFolder: string
  collectorUrl: string
  /** Where the services look what is broken on purpose; empty without. */
  faultsFile: string
}

type Spec = Pick<ServiceOptions, 'name' | 'entry' | 'env' | 'traceAs'>

/** How the three APIs are started: each is told only what it needs. */
export function describeApis(
  to: Addresses,
  { env, oidc }: { env: Record<string, string | undefined>; oidc: OidcConfig },
): Record<'shop' | 'crm' | 'mes', Spec> {
  // Also when they are not set, for the service would find those of our own environment.
  const s3 = Object.fromEntries(s3Variables.map((name) => [name, env[name] ?? '']))
  const files = { ...s3, MODEL_FILES_FOLDER: to.modelFolder }
  const common = {
    QUEUE_URL: to.queueUrl,
    QUEUE_PREFIX: env.QUEUE_PREFIX ?? '',
    QUEUE_RETRY_DELAYS: env.QUEUE_RETRY_DELAYS ?? '',
    OTEL_EXPORTER_OTLP_ENDPOINT: to.collectorUrl,
    FAULTS_FILE: to.faultsFile,
  }
  const shopDb = { SHOP_DB_URL: to.shopDbUrl }
  return {
    shop: {
      name: 'Shop API',
      entry: 'shop-api/server.ts',
      env: { ...common, ...files, ...shopDb },
      traceAs: 'shop-api',
    },
    crm: {
      name: 'CRM API',
      entry: 'crm-api/server.ts',
      env: { ...common, ...files, ...shopDb, ...describeOidc(oidc), OIDC_AUDIENCE: oidc.crm.audience },
      traceAs: 'crm-api',
    },
    mes: {
      name: 'MES API',
      entry: 'mes-api/server.ts',
      env: { ...common, MES_DB_URL: to.mesDbUrl, ...describeOidc(oidc), OIDC_AUDIENCE: oidc.mes.audience },
      traceAs: 'mes-api',
    },
  }
}

/** How the page is started on which parts are broken on purpose. */
export function describeFaults({ faultsFile, shopDbUrl, mesDbUrl }: Addresses): Spec {
  const env = { FAULTS_FILE: faultsFile, SHOP_DB_URL: shopDbUrl, MES_DB_URL: mesDbUrl }
  return { name: 'switchboard of faults', entry: 'faults/main.ts', env }
}

/** Where the servers of the UIs hand on what browsers send, and what shows the door that it is they. */
export interface DoorAddress {
  url: string
  key: string
}

/** How the embedded trace store is started. */
export function describeTraceStore({ maxSpans, maxTraces }: Pick<DemoConfig, 'maxSpans' | 'maxTraces'>): Spec {
  const env = { TRACE_STORE_MAX_SPANS: String(maxSpans ?? ''), TRACE_STORE_MAX_TRACES: String(maxTraces ?? '') }
  return { name: 'trace store', entry: 'trace-store/main.ts', env }
}

/** How the door for browsers is started. */
export function describeDoor({ collectorUrl, key }: { collectorUrl: string; key: string }): Spec {
  return { name: 'door for browsers', entry: 'door/main.ts', env: { COLLECTOR_URL: collectorUrl, DOOR_KEY: key } }
}

/** How the three UIs are started. */
export function describeUis(
  to: ApiUrls,
  { door, oidc }: { door: DoorAddress; oidc: OidcConfig },
): Record<'shop' | 'crm' | 'mes', Spec> {
  const common = { DOOR_URL: door.url, DOOR_KEY: door.key }
  const client = ({ clientId, clientSecret }: OidcClientConfig) => ({
    ...describeOidc(oidc),
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
  })
  return {
    shop: { name: 'Internet shop', entry: 'internet-shop/server.ts', env: { ...common, SHOP_API_URL: to.apiUrl } },
    crm: { name: 'CRM', entry: 'crm-ui/server.ts', env: { ...common, ...client(oidc.crm), CRM_API_URL: to.crmApiUrl } },
    mes: { name: 'MES', entry: 'mes-ui/server.ts', env: { ...common, ...client(oidc.mes), MES_API_URL: to.mesApiUrl } },
  }
}

function describeOidc({ issuer, rolesClaim }: Pick<OidcConfig, 'issuer' | 'rolesClaim'>): {
  OIDC_ISSUER: string
  OIDC_ROLES_CLAIM: string
} {
  return { OIDC_ISSUER: issuer, OIDC_ROLES_CLAIM: rolesClaim }
}

/** How the gate to the traces is started. */
export function describeGate(
  { queryUrl, storePage, auditFile }: { queryUrl: string; storePage: PageStore; auditFile: string },
  { gate, supportRole, ...oidc }: OidcConfig,
): Spec {
  const client = { OIDC_CLIENT_ID: gate.clientId, OIDC_CLIENT_SECRET: gate.clientSecret }
  const env = {
    ...describeOidc(oidc),
    ...client,
    QUERY_URL: queryUrl,
    STORE_PAGE: storePage,
    AUDIT_FILE: auditFile,
    SUPPORT_ROLE: supportRole,
  }
  return { name: 'gate to the traces', entry: 'trace-gate/main.ts', env }
}

/** Each database has a folder of its own, for files that the database does not know are removed at the start. */
export function modelFolderName({ shopDbUrl }: DemoConfig): string {
  return shopDbUrl ? `3d-files-${createHash('sha256').update(shopDbUrl).digest('hex').slice(0, 12)}` : '3d-files'
}
