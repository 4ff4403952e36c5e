import type { Order, OrderOptions, Tracing } from './tracing'

/** An operation that began before the SDK was there. */
export interface EarlyOrder {
  step: string
  options: OrderOptions | undefined
  /** When it began, ms since the epoch. */
  at: number
  /** What its handle was told, and when, ms since the epoch. */
  said: [method: keyof Order, args: unknown[], at: number][]
  /** The real operation, once the SDK is there. */
  order?: Order
}

/** @internal `OrderOptions` as the script tag gives them for an early operation */
export interface ReplayedOrderOptions extends OrderOptions {
  early?: EarlyOrder
}

/** What the page's code finds at `window.ordertrace` until the file arrives. */
export interface Stub extends Pick<Tracing, 'order' | 'startOrder' | 'setUser' | 'setConsent' | 'flush' | 'stop'> {
  queue: (EarlyOrder | { user: string | undefined } | { consent: boolean })[]
}
