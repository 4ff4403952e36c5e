import { join } from 'node:path'
import { type DemoConfig, readConfig } from '../config'
import { type OidcConfig, readSupportRole } from '../settings/oidc'
import type { PortWish } from '../settings/ports'
import { allOrFailure } from './all-or-failure'
import { openDataFolder } from './data-folder'
import { choosePort, findAnyPort, retryBusyPort } from './ports'
import type { ApiUrls, RunningSystem, SystemOptions, UiUrls } from './running-system'
import { createSecret } from './secret'
import { type Service, type ServiceOptions, startService } from './service'
import {
  type Addresses,
  type DoorAddress,
  describeApis,
  describeFaults,
  describeGate,
  describeTraceStore,
  describeUis,
  modelFolderName,
} from './service-specs'
import { type Databases, startDatabases } from './start-databases'
import { type Door, startDoor } from './start-door'
import { findJaegerPage, startOwnJaeger } from './start-trace-store'

type Stop = () => Promise<void>

/** The start of a system, part by part; it remembers what has to be stopped again. */
export class SystemStart {
  private readonly env: Record<string, string | undefined>
  private readonly config: DemoConfig
  private readonly log: (line: string) => void
  private readonly stops: Stop[] = []
  private readonly pids: Record<string, number | undefined> = {}
  private readonly promisedPorts = new Set<number>()
  private crashed = false

  constructor(private readonly options: SystemOptions) {
    this.env = { ...(options.env ?? process.env), ...collector(options.collectorUrl) }
    this.config = readConfig(this.env)
    this.log = options.log ?? (() => undefined)
  }

  async run(): Promise<RunningSystem> {
    const data = await openDataFolder(this.options.dataDir ?? this.config.dataDir, this.log)
    this.stops.push(data.release)
    const [databases, { door, ...store }, oidc] = await allOrFailure([
      this.startDatabases(data.path),
      this.startTraceStore(data.path).then(async (store) => ({ ...store, door: await this.openDoor(store) })),
      this.startIdentityProvider(data.path),
    ])
    this.options.signal?.throwIfAborted()
    const modelFolder = join(data.path, modelFolderName(this.config))
    const faultsFile = this.options.withFaults ? join(data.path, 'faults') : ''
    const to = { ...databases, modelFolder, collectorUrl: store.collectorUrl, faultsFile }
    const apis = await this.startApis(to, oidc)
    // After the APIs, which make the tables.
    const faultsUrl = faultsFile ? (await this.start(this.config.ports.faults, describeFaults(to))).url : ''
    const [uis, gateUrl] = await allOrFailure([
      this.startUis(apis, { door, oidc }),
      this.startGate({ queryUrl: store.queryUrl, auditFile: join(data.path, 'trace-audit.jsonl') }, oidc),
    ])
    await door.admit(uis)
    const { log, pids } = this
    const { shopDbUrl: databaseUrl, mesDbUrl: mesDatabaseUrl, queueUrl } = databases
    const urls = { ...uis, ...apis, doorUrl: door.url, faultsUrl, gateUrl, databaseUrl, mesDatabaseUrl, queueUrl }
    return { ...urls, ...store, modelFolder, dataDir: data.path, pids, log, stop: () => this.stop() }
  }

  async stop(): Promise<void> {
    this.crashed = true
    for (const stop of this.stops.splice(0).reverse()) await stop().catch((error: Error) => this.log(error.message))
  }

  private async startDatabases(dataDir: string): Promise<Databases> {
    const { config, log } = this
    const { postgres, ...databases } = await startDatabases(config, {
      folder: join(dataDir, 'postgres'),
      choosePort: () => this.choosePort('PostgreSQL', config.ports.postgres),
      onExit: (reason: string) => this.crash(reason),
      log,
    })
    if (postgres) {
      this.stops.push(postgres.stop)
      this.pids.postgres = postgres.process.pid
    }
    return databases
  }

  private async startTraceStore(dataDir: string): Promise<{ collectorUrl: string; queryUrl: string }> {
    const { collectorUrl, queryUrl = '', ports, jaeger } = this.config
    if (collectorUrl) return { collectorUrl, queryUrl }
    if (jaeger) return this.startJaeger(dataDir)
    const store = await this.start(ports.traceStore, describeTraceStore(this.config))
    return { collectorUrl: store.url, queryUrl: queryUrl || store.url }
  }

  private async startJaeger(dataDir: string): Promise<{ collectorUrl: string; queryUrl: string }> {
    const { env, log, options, config } = this
    const jaeger = await startOwnJaeger({
      ...{ env, dataDir, log, ports: config.ports, signal: options.signal },
      choosePort: (name, wish) => this.choosePort(name, wish),
      onExit: (reason) => this.crash(reason),
    })
    this.stops.push(jaeger.stop)
    this.pids.jaeger = jaeger.process.pid
    return jaeger
  }

  private openDoor({ collectorUrl }: { collectorUrl: string }): Promise<Door> {
    return startDoor(collectorUrl, (spec) => this.start(this.config.ports.door, spec))
  }

  private async startIdentityProvider(dataDir: string): Promise<OidcConfig> {
    const { oidc, ports, tokenSeconds } = this.config
    if (oidc) return oidc
    const [crmSecret, mesSecret, gateSecret] = [createSecret(), createSecret(), createSecret()]
    const supportRole = readSupportRole(this.env)
    const provider = await this.start(ports.identityProvider, {
      name: 'identity provider',
      entry: 'identity-provider/main.ts',
      env: {
        EMPLOYEES_FILE: join(dataDir, 'employees.json'),
        CRM_OIDC_CLIENT_SECRET: crmSecret,
        MES_OIDC_CLIENT_SECRET: mesSecret,
        GATE_OIDC_CLIENT_SECRET: gateSecret,
        SUPPORT_ROLE: supportRole,
        TOKEN_SECONDS: String(tokenSeconds),
      },
    })
    const crm = { clientId: 'crm', clientSecret: crmSecret, audience: 'crm-api' }
    const mes = { clientId: 'mes', clientSecret: mesSecret, audience: 'mes-api' }
    const gate = { clientId: 'gate', clientSecret: gateSecret, audience: 'trace-gate' }
    return { issuer: provider.url, rolesClaim: 'roles', crm, mes, gate, supportRole }
  }

  private async startApis(to: Addresses, oidc: OidcConfig): Promise<ApiUrls> {
    const { ports } = this.config
    const specs = describeApis(to, { env: this.env, oidc })
    const [shop, crm, mes] = await allOrFailure([
      this.start(ports.shopApi, specs.shop),
      this.start(ports.crmApi, specs.crm),
      this.start(ports.mesApi, specs.mes),
    ])
    return { apiUrl: shop.url, crmApiUrl: crm.url, mesApiUrl: mes.url }
  }

  private async startUis(apis: ApiUrls, to: { door: DoorAddress; oidc: OidcConfig }): Promise<UiUrls> {
    const { ports } = this.config
    const specs = describeUis(apis, to)
    const [shop, crm, mes] = await allOrFailure([
      this.start(ports.internetShop, specs.shop),
      this.start(ports.crm, specs.crm),
      this.start(ports.mes, specs.mes),
    ])
    return { shopUrl: shop.url, crmUrl: crm.url, mesUrl: mes.url }
  }

  private async startGate(to: { queryUrl: string; auditFile: string }, oidc: OidcConfig): Promise<string> {
    // Spans that go to a collector which nobody can read here.
    if (!to.queryUrl) return ''
    const isJaeger = this.config.jaeger || this.config.queryUrl !== undefined
    const storePage = isJaeger ? await findJaegerPage(to.queryUrl) : 'embedded'
    if (storePage === 'jaeger') this.log('This Jaeger was built without its page: the gate shows traces in its own.')
    return (await this.start(this.config.ports.traceGate, describeGate({ ...to, storePage }, oidc))).url
  }

  private async start(
    wish: PortWish,
    what: Omit<ServiceOptions, 'port' | 'log' | 'onExit' | 'signal'>,
  ): Promise<Service> {
    this.log(`Starting the ${what.name}…`)
    const { log, options } = this
    const onExit = (reason: string) => this.crash(reason)
    const service = await retryBusyPort(async () => {
      const port = await this.choosePort(what.name, wish)
      return startService({ ...what, port, log, onExit, signal: options.signal })
    })
    this.stops.push(service.stop)
    this.pids[what.name] = service.process.pid
    return service
  }

  private choosePort(name: string, wish: PortWish): Promise<number> {
    return this.options.ports === 'any'
      ? findAnyPort()
      : choosePort(wish, { name, log: this.log, promised: this.promisedPorts })
  }

  /** One part that is gone brings others down; only the first is the cause. */
  private crash(reason: string): void {
    if (this.crashed) return
    this.crashed = true
    this.options.onCrash?.(reason)
  }
}

function collector(url: string | undefined): Record<string, string> {
  return url ? { OTEL_EXPORTER_OTLP_ENDPOINT: url } : {}
}
