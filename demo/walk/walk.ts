import { missingFrom } from './expectations'
import { placeOrder } from './place-order'
import { findOrderSpans, pollSpans } from './query-client'
import { drawTree } from './tree'

/** The running system that the walk goes through. */
export interface WalkedSystem {
  shopUrl: string
  /** Base address of a query API, version 3: the embedded store's or a real Jaeger's. */
  queryUrl: string
  log(line: string): void
  /** How long the spans may take to arrive. Default 20 s. */
  deadlineMs?: number
}

/**
 * Walks one order through the running shop in a headless browser, prints its trace as a tree, and checks that nothing
 * is missing from it.
 * @returns whether the trace is whole; what is missing is logged.
 */
export async function walk(system: WalkedSystem): Promise<boolean> {
  try {
    system.log('A customer')
    const orderId = await placeOrder(system.shopUrl, system.log)
    return await checkTrace(orderId, system)
  } catch (error) {
    system.log(`The walk stopped: ${error instanceof Error ? error.message : String(error)}`)
    return false
  }
}

async function checkTrace(orderId: string, { queryUrl, log, deadlineMs = 20_000 }: WalkedSystem): Promise<boolean> {
  log(`Waiting for the trace of ${orderId} at ${queryUrl}`)
  const spans = await pollSpans(() => findOrderSpans(queryUrl, { service: 'internet-shop', orderId }), {
    enough: (found) => missingFrom(found, { orderId }).length === 0,
    deadlineMs,
  })
  if (spans.length === 0) {
    log(`No trace of internet-shop with order_id ${orderId} came within ${deadlineMs / 1000} s.`)
    return false
  }
  log(`\nTrace ${spans[0]?.traceId}, ${spans.length} spans\n\n${drawTree(spans)}\n`)
  const missing = missingFrom(spans, { orderId })
  for (const line of missing) log(`MISSING: ${line}`)
  if (missing.length === 0)
    log('Everything is there: from the click to the database and the file storage, with both ids.')
  return missing.length === 0
}
