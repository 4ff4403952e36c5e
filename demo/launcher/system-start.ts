import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type DemoConfig, type PortWish, readConfig, s3Variables } from '../config'
import { startPostgres } from '../parts/postgres'
import { openDataFolder } from './data-folder'
import { choosePort, findAnyPort, retryBusyPort } from './ports'
import type { RunningSystem, SystemOptions } from './running-system'
import { type Service, type ServiceOptions, startService } from './service'

type Stop = () => Promise<void>

/** The start of a system, part by part; it remembers what has to be stopped again. */
export class SystemStart {
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
    const [databaseUrl, store] = await allOrFailure([this.startDatabase(data.path), this.startTraceStore()])
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
    const { shopDbUrl, ports } = this.config
    if (shopDbUrl) return shopDbUrl
    this.log('Starting PostgreSQL…')
    const options = {
      folder: join(dataDir, 'postgres'),
      choosePort: () => this.choosePort('PostgreSQL', ports.postgres),
      onExit: (reason: string) => this.crash(reason),
    }
    const postgres = await retryBusyPort(() => startPostgres(options))
    this.stops.push(postgres.stop)
    this.pids.postgres = postgres.process.pid
    return postgres.url
  }

  private async startTraceStore(): Promise<{ collectorUrl: string; queryUrl: string }> {
    const { collectorUrl, queryUrl = '', ports } = this.config
    if (collectorUrl) return { collectorUrl, queryUrl }
    const store = await this.start(ports.traceStore, { name: 'trace store', entry: 'trace-store/main.ts', env: {} })
    return { collectorUrl: store.url, queryUrl: queryUrl || store.url }
  }

  private startApi(to: { databaseUrl: string; modelFolder: string; collectorUrl: string }): Promise<Service> {
    const env = {
      // Also when they are not set, for the service would find those of our own environment.
      ...Object.fromEntries(s3Variables.map((name) => [name, this.env[name] ?? ''])),
      SHOP_DB_URL: to.databaseUrl,
      MODEL_FILES_FOLDER: to.modelFolder,
      OTEL_EXPORTER_OTLP_ENDPOINT: to.collectorUrl,
    }
    const api = { name: 'Shop API', entry: 'shop-api/server.ts', env, traceAs: 'shop-api' }
    return this.start(this.config.ports.shopApi, api)
  }

  private startShop(apiUrl: string, collectorUrl: string): Promise<Service> {
    const env = { SHOP_API_URL: apiUrl, COLLECTOR_URL: collectorUrl }
    return this.start(this.config.ports.internetShop, { name: 'Internet shop', entry: 'internet-shop/server.ts', env })
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

/** Like `Promise.all`, but a failure waits until the others are there too, so that they can be stopped. */
async function allOrFailure<A, B>(promises: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}

function collector(url: string | undefined): Record<string, string> {
  return url ? { OTEL_EXPORTER_OTLP_ENDPOINT: url } : {}
}
