import { ORDER_SPAN_PREFIX, USER_ID } from '../attributes'
import type { JaegerClient } from '../jaeger/client'
import { type Completeness, readInSlices, type SlicesOptions } from '../jaeger/read-in-slices'
import type { Checkout } from './checkout'
import { summarise, type WhichStep } from './summarise'

/** Whose orders, of which time. */
export interface WhichCheckouts extends WhichStep {
  /** ms since 1970. */
  from: number
  to: number
  /** Of this person only. */
  userId?: string | undefined
}

/** What one more answer brought. */
export interface CheckoutSlice {
  checkouts: Checkout[]
  /** How much of the time has been read, 0 to 1. */
  done: number
  completeness: Completeness
}

/** Reads the orders of a time, the newest first, as {@link readInSlices} does; of each trace only what the analysis needs is kept. */
export async function* readCheckouts(
  client: Pick<JaegerClient, 'findTraces'>,
  which: WhichCheckouts,
  options: SlicesOptions = {},
): AsyncGenerator<CheckoutSlice, void> {
  const { service, step, from, to, userId } = which
  const attributes = userId === undefined ? undefined : { [USER_ID]: userId }
  const query = { service, operation: ORDER_SPAN_PREFIX + step, attributes, from, to }
  let unreadable = 0
  for await (const { traces, done, completeness } of readInSlices(client, query, options)) {
    const now = Date.now()
    const checkouts = traces.flatMap((trace) => {
      try {
        return summarise(trace, which, now) ?? []
      } catch {
        // One odd trace among fifty thousand must not end everything; how many there were is said.
        unreadable++
        return []
      }
    })
    yield { checkouts, done, completeness: { ...completeness, ...(unreadable > 0 && { unreadable }) } }
  }
}
