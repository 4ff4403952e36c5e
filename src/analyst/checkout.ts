import type { Hop } from './hop'

/** How a step of an order ended. `open`: its end never came. */
export type Outcome = 'confirmed' | 'failed' | 'abandoned' | 'open'

/** What became of the messages that a step sent: `arrived` when all were handled, `lost` when one was given up, or overtaken by a later one. */
export type MessageState = 'none' | 'arrived' | 'waiting' | 'lost'

/** A message of one order, to be compared with those of others. */
export interface MessageNote {
  /** `messaging.destination.name`; empty where it is not known. */
  to: string
  /** When it was sent, ms since 1970 by its sender's clock. */
  at: number
  /** How long nothing has been heard of it, ms; 0 once it is handled. */
  silentMs: number
}

/** One step of one order, such as a submission, as far as its trace tells: what the analysis counts. */
export interface Checkout {
  traceId: string
  /** The UI's `service.name`, and the step. */
  service: string
  step: string
  orderId: string
  userId: string
  /** When it began, ms since 1970. */
  at: number
  /** How long the person waited, ms. */
  ms: number
  outcome: Outcome
  /** `order.reason` or `error.type`; empty when it went well. */
  reason: string
  /** Whether a request left the browser. */
  isSubmitted: boolean
  /** The critical path by place, ms; together as long as `ms`. */
  hops: Partial<Record<Hop, number>>
  /** The deepest span that failed: where it broke. */
  failedHop: Hop | ''
  messages: MessageState
  /** From the start until the last message was handled, ms; 0 without messages. */
  arrivedMs: number
  /** From when messages were sent until the attempt began that handled them, or until now; the longest of them, ms. */
  queuedMs: number
  /** How often the message was tried to be handled that needed most. */
  attempts: number
  /** Its messages that were handled, and those that were not yet. */
  handled: readonly MessageNote[]
  waiting: readonly MessageNote[]
  /** What else is known of it, to find out what slow ones have in common: `{ api: 'POST /api/orders', page: '/order' }`. */
  traits: Readonly<Record<string, string>>
  /** How many spans the trace has, and how many of them name a parent that did not come. */
  spans: number
  orphans: number
}
