import type { ReceivedSpan } from '../otlp/received-span'
import type { Delivery } from './delivery'
import type { SentText } from './personal-data'
import type { SettleOptions } from './settle'
import type { SpanFilter } from './span-filter'

/** Where spans come from while a test looks on: a collector, the traces of one order, Jaeger. */
export interface TraceSource {
  /** What has come so far, in order of arrival; a span that came twice is there twice, one that ordertrace repeated once. */
  spans(filter?: SpanFilter): ReceivedSpan[]
  /** Calls back whenever something came. @returns ends that */
  onChange(listener: () => void): () => void
  /** What came, and what could not be read, in a few words for a failed test. */
  summary(): string
  /** The requests that the spans came by, of whichever trace, those that could not be read among them. */
  readonly deliveries?: readonly Delivery[]
  /** What left the browser beside spans, to the servers that it called: `baggage`, `tracestate`. */
  sentTexts?(): readonly SentText[]
  /** Resolves when what had ended before has come: it is let be sent, or waited for as long as it may be kept back. */
  settle?(options?: SettleOptions): Promise<void>
  /** Asks for what is not sent by itself. */
  refresh?(signal: AbortSignal): Promise<void>
  /** Why nothing can be said yet of what is not there; undefined once it can. */
  pending?(): string | undefined
}

/** Whether anything at all has come, of whichever trace: without that, that something has not come says nothing. */
export const hasEvidence = (source: TraceSource): boolean =>
  source.spans().length > 0 || Boolean(source.deliveries?.some(({ spans }) => spans.length > 0))

/** What left the pages, also what a test has had refused: it was sent all the same. */
export const spansThatLeft = (source: TraceSource): ReceivedSpan[] => [
  ...source.spans(),
  ...(source.deliveries ?? []).filter(({ refused }) => refused).flatMap(({ spans }) => spans),
]

/** What came and could not be read, in words: nobody knows what it held. */
export const unreadable = ({ deliveries = [] }: TraceSource): string[] => [
  ...new Set(deliveries.flatMap(({ problems }) => problems)),
]
