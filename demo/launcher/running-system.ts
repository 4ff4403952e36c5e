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
  /** Also the page on which parts are broken on purpose. Default false. */
  withFaults?: boolean
  /** Gives up a start under way. */
  signal?: AbortSignal
}

/** The pages that people open. */
export interface UiUrls {
  shopUrl: string
  crmUrl: string
  mesUrl: string
}

/** The APIs behind them. */
export interface ApiUrls {
  apiUrl: string
  crmApiUrl: string
  mesApiUrl: string
}

export interface RunningSystem extends UiUrls, ApiUrls {
  /** Where spans are sent, without `/v1/traces`. */
  collectorUrl: string
  /** Where pages of another origin send theirs, without `/v1/traces`; those of the UIs send them to their own. */
  doorUrl: string
  /** Where people with the role of support look at traces; empty when there is nothing to look at. */
  gateUrl: string
  /** Jaeger's query API; empty when the collector is not ours and nobody said where to read. */
  queryUrl: string
  /** Where parts are broken on purpose; empty without. */
  faultsUrl: string
  databaseUrl: string
  mesDatabaseUrl: string
  queueUrl: string
  /** The folder of the model files (unused with S3). */
  modelFolder: string
  dataDir: string
  /** The processes by the name of the part. */
  pids: Record<string, number | undefined>
  log(line: string): void
  /** Stops every part, the last started first. */
  stop(): Promise<void>
}
