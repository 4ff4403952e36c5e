import type { DemoConfig } from '../config'
import { type Postgres, type PostgresOptions, startPostgres } from '../parts/postgres/postgres'
import { retryBusyPort } from './ports'

export interface Databases {
  shopDbUrl: string
  mesDbUrl: string
  queueUrl: string
}

/** The databases and the queue: those of the configuration, and the embedded PostgreSQL for whichever it does not name. */
export async function startDatabases(
  { shopDbUrl, mesDbUrl, queueUrl }: DemoConfig,
  { log, ...options }: PostgresOptions & { log: (line: string) => void },
): Promise<Databases & { postgres?: Postgres }> {
  if (shopDbUrl && mesDbUrl && queueUrl) return { shopDbUrl, mesDbUrl, queueUrl }
  log('Starting PostgreSQL…')
  const postgres = await retryBusyPort(() => startPostgres(options))
  const { shop, mes, queue } = postgres.urls
  return { shopDbUrl: shopDbUrl ?? shop, mesDbUrl: mesDbUrl ?? mes, queueUrl: queueUrl ?? queue, postgres }
}
