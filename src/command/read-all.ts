import type { Checkout } from '../analyst/checkout'
import { readCheckouts, type WhichCheckouts } from '../analyst/read-checkouts'
import type { JaegerClient } from '../jaeger/client'
import type { Completeness } from '../jaeger/read-in-slices'
import { showProgress } from './show-progress'

export interface ReadOrders {
  checkouts: Checkout[]
  completeness: Completeness
}

/** Reads all orders, and says on the terminal how far it is. */
export async function readAll(
  client: JaegerClient,
  which: WhichCheckouts,
  options: { most: number; signal: AbortSignal },
): Promise<ReadOrders> {
  const checkouts: Checkout[] = []
  let completeness: Completeness = { readFrom: which.to, crowded: [] }
  try {
    for await (const slice of readCheckouts(client, which, options)) {
      checkouts.push(...slice.checkouts)
      completeness = slice.completeness
      showProgress(`Reading: ${Math.floor(slice.done * 100)} %, ${checkouts.length} orders`)
    }
  } finally {
    showProgress('')
  }
  return { checkouts, completeness }
}
