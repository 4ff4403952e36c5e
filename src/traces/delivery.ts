import type { ExportRequest } from '../otlp/export-request'
import type { ReceivedSpan } from '../otlp/received-span'

/** A request as it came to a collector. */
export interface Delivery {
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** As on the wire, compressed if it was. */
  readonly bytes: number
  /** What it held, as OTLP/JSON; undefined if it could not be read. */
  readonly request: ExportRequest | undefined
  readonly spans: readonly ReceivedSpan[]
  /** What is wrong with it, or with some of its spans. */
  readonly problems: readonly string[]
  /** What was answered to it; 0: nothing, since the connection failed. */
  readonly status: number
  /** Whether it was refused here, as the test wants it or since it could not be read: its spans have not come then. */
  readonly refused: boolean
}
