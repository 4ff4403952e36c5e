import type { Order } from '../tracing'

/** Runs the page's function as the whole of an operation; what it returns or throws is the page's, unchanged. */
export async function runOrder<T>(order: Order, fn: (order: Order) => T | PromiseLike<T>): Promise<T> {
  // Said by whoever was called; the page's own code goes on.
  if (typeof fn !== 'function') return undefined as T
  try {
    // What only sends when it is waited for, as query builders do, is waited for inside.
    const value = await order.run(async () => fn(order))
    order.succeed()
    return value
  } catch (error) {
    order.fail(error)
    throw error
  }
}
