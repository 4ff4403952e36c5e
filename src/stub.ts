/**
 * The stub of the script tag stands in for `ordertrace` until the file arrives. It runs the page's functions at once, for an order must neither
 * wait for us nor be lost where a blocker keeps the file away; the SDK is told later what was said. The README shows it as one line, and a
 * test keeps the two equal.
 */
import type { EarlyOrder, Stub } from './early-calls'
import type { Order, OrderOptions } from './tracing'

const METHODS = ['run', 'step', 'headers', 'setId', 'setAttributes', 'succeed', 'fail'] as const

function createStub(): Stub {
  const queue: Stub['queue'] = []
  const startOrder = (step: string, options?: OrderOptions): Order => {
    const early: EarlyOrder = { step, options, at: Date.now(), said: [] }
    const order: Record<string, unknown> = { traceId: '' }
    for (const method of METHODS) {
      order[method] = (...args: unknown[]) => {
        if (early.order) return (early.order[method] as (...args: unknown[]) => unknown)(...args)
        early.said.push([method, args, Date.now()])
        const fn = args[args.length - 1]
        return typeof fn === 'function' ? fn() : {}
      }
    }
    queue.push(early)
    return order as unknown as Order
  }
  const runOrder = async (step: string, options: unknown, fn: unknown = options) => {
    const order = startOrder(step, fn === options ? {} : (options as OrderOptions))
    try {
      const value = await (fn as (order: Order) => unknown)(order)
      order.succeed()
      return value
    } catch (error) {
      order.fail(error)
      throw error
    }
  }
  return { queue, startOrder, order: runOrder as Stub['order'], setUser: (user) => void queue.push({ user }) }
}

const page = window as { ordertrace?: unknown }
page.ordertrace ??= createStub()
