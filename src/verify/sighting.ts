import type { PageRequest } from '../playwright/page-requests'
import type { Delivery } from '../traces/delivery'
import type { Diagnostics } from '../tracing'

/** What was seen of a page. */
export interface Sighting {
  url: string
  /** How its server answered. */
  status: number | undefined
  /** The scripts of its workers. */
  workers: readonly string[]
  requests: readonly PageRequest[]
  deliveries: readonly Delivery[]
  /** How the page's own collector answered, by what it was sent; empty if it was not asked. */
  answers: readonly CollectorAnswered[]
  /** What the console said of requests that CORS forbids. */
  corsErrors: readonly string[]
  /** What `ordertrace` knows itself, where the page has it by the script tag. */
  diagnostics: Diagnostics | undefined
}

export interface CollectorAnswered {
  url: string
  /** Undefined: there was no answer. */
  status: number | undefined
  failure: string | undefined
}
