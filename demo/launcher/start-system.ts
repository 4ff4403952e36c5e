import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type DemoConfig, type PortWish, readConfig, s3Variables } from '../config'
import { startPostgres } from '../parts/postgres'
import { openDataFolder } from './data-folder'
import { choosePort, findAnyPort } from './ports'
import { type Service, type ServiceOptions, startService } from './service'

export interface SystemOptions {
  /** `wished` (default): those of the configuration, the next free ones if taken. `any`: any free ones, for tests. */
  ports?: 'wished' | 'any'
  /** A folder to keep data in, or `temporary` for one that is removed at the end. Default: the configuration's. */
  dataDir?: string
  /** The environment to read the configuration from. Default `process.env`. */
  env?: Record<string, string | undefined>
  /** A collector that takes OTLP/HTTP instead of the embedded trace store; same as `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  collectorUrl?: string
  /** Takes the progress, and what the services print. Default: nobody. */
  log?: (line: string) => void
  /** Called once when a part ends by itself. The rest goes on until `stop`. */
  onCrash?: (reason: string) => void
  /** Gives up a start under way. */
  signal?: AbortSignal
}

export interface RunningSystem {
  shopUrl: string
  apiUrl: string
  /** Where spans are sent, without `/v1/traces`. */
  collectorUrl: string
  /** Jaeger's query API; empty when the collector is not ours and nobody said where to read. */
  queryUrl: string
  databaseUrl: string
  /** The folder of the model files (unused with S3). */
  modelFolder: string
  dataDir: string
  /** The processes by the name of the part. */
  pids: Record<string, number | undefined>
  log(line: string): void
  /** Stops every part, the last started first. */
  stop(): Promise<void>
}

/** Starts the company's system in small, each part waited for; if one fails, those already there are stopped again. */
export async function startSystem(options: SystemOptions = {}): Promise<RunningSystem> {
  const start = new SystemStart(options)
  try {
    return await start.run()
  } catch (error) {
    await start.stop()
    throw error
  }
}

type Stop = () => Promise<void>

class SystemStart {
  private readonly env: Record<string, string | undefined>
  private readonly config: DemoConfig
  private readonly log: (line: string) => void
  private readonly stops: Stop[] = []
  private readonly pids: Record<string, number | undefined> = {}
  private crashed = false

  constructor(private readonly options: SystemOptions) {
    this.env = { ...(options.env ?? process.env), ...collector(options.collectorUrl) }
    this.config = readConfig(this.env)
    this.log = options.log ?? (() => undefined)
  }

  async run(): Promise<RunningSystem> {
    const data = await openDataFolder(this.options.dataDir ?? this.config.dataDir, this.log)
    this.stops.push(data.release)
    const [databaseUrl, store] = await Promise.all([this.startDatabase(data.path), this.startTraceStore()])
    this.options.signal?.throwIfAborted()
    const modelFolder = join(data.path, this.modelFolderName())
    const api = await this.startApi({ databaseUrl, modelFolder, collectorUrl: store.collectorUrl })
    const shop = await this.startShop(api.url, store.collectorUrl)
    const { log, pids } = this
    const urls = { shopUrl: shop.url, apiUrl: api.url, databaseUrl, ...store }
    return { ...urls, modelFolder, dataDir: data.path, pids, log, stop: () => this.stop() }
  }

  async stop(): Promise<void> {
    this.crashed = true
    for (const stop of this.stops.splice(0).reverse()) await stop().catch((error: Error) => this.log(error.message))
  }

  private async startDatabase(dataDir: string): Promise<string> {
    if (this.config.shopDbUrl) return this.config.shopDbUrl
    this.log('Starting PostgreSQL…')
    const choosePort = () => this.choosePort('PostgreSQL', this.config.ports.postgres)
    const postgres = await startPostgres({
      folder: join(dataDir, 'postgres'),
      choosePort,
      onExit: (reason) => this.crash(reason),
    })
    this.stops.push(postgres.stop)
    this.pids.postgres = postgres.process.pid
    return postgres.url
  }

  private async startTraceStore(): Promise<{ collectorUrl: string; queryUrl: string }> {
    const { collectorUrl, queryUrl = '', ports } = this.config
    if (collectorUrl) return { collectorUrl, queryUrl }
    const port = await this.choosePort('trace store', ports.traceStore)
    const entry = 'trace-store/main.ts'
    const store = await this.startService({ name: 'trace store', entry, port, env: { TRACE_STORE_PORT: String(port) } })
    return { collectorUrl: store.url, queryUrl: queryUrl || store.url }
  }

  private async startApi(to: { databaseUrl: string; modelFolder: string; collectorUrl: string }): Promise<Service> {
    const port = await this.choosePort('Shop API', this.config.ports.shopApi)
    const env = {
      // Also when they are not set, for the service would find those of our own environment.
      ...Object.fromEntries(s3Variables.map((name) => [name, this.env[name] ?? ''])),
      SHOP_DB_URL: to.databaseUrl,
      MODEL_FILES_FOLDER: to.modelFolder,
      OTEL_EXPORTER_OTLP_ENDPOINT: to.collectorUrl,
    }
    return this.startService({ name: 'Shop API', entry: 'shop-api/server.ts', port, env, traceAs: 'shop-api' })
  }

  private async startShop(apiUrl: string, collectorUrl: string): Promise<Service> {
    const port = await this.choosePort('Internet shop', this.config.ports.internetShop)
    const env = { SHOP_API_URL: apiUrl, COLLECTOR_URL: collectorUrl }
    return this.startService({ name: 'Internet shop', entry: 'internet-shop/server.ts', port, env })
  }

  private async startService(what: Omit<ServiceOptions, 'log' | 'onExit' | 'signal'>): Promise<Service> {
    this.log(`Starting the ${what.name}…`)
    const { signal } = this.options
    const service = await startService({ ...what, log: this.log, onExit: (reason) => this.crash(reason), signal })
    this.stops.push(service.stop)
    this.pids[what.name] = service.process.pid
    return service
  }

  private choosePort(name: string, wish: PortWish): Promise<number> {
    return this.options.ports === 'any' ? findAnyPort() : choosePort(wish, { name, log: this.log })
  }

  /** Each database has a folder of its own, for files that the database does not know are removed at the start. */
  private modelFolderName(): string {
    const { shopDbUrl } = this.config
    return shopDbUrl ? `3d-files-${createHash('sha256').update(shopDbUrl).digest('hex').slice(0, 12)}` : '3d-files'
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
