/**
 * The stub of the script tag stands in for `ordertrace` until the file arrives. It runs the page's functions at once, for an order must neither
 * wait for us nor be lost where a blocker keeps the file away; the SDK is told later what was said. The README shows it as one line, and a
 * test keeps the two equal.
 */
import type { EarlyOrder, Stub } from './early-calls'
import type { Order, OrderOptions } from './tracing'

/** Where the file never arrives, nothing grows without end. */
const MOST = 100
const RUNS = ['run', 'step']
const TELLS = ['setId', 'setAttributes', 'succeed', 'fail']

function createStub(): Stub {
  const queue: Stub['queue'] = []
  const keep = (list: unknown[], item: unknown) => void (list.length < MOST && list.push(item))
  const startOrder = (step: string, options?: OrderOptions): Order => {
    const early: EarlyOrder = { step, options, at: Date.now(), said: [] }
    const order: Record<string, unknown> = { traceId: '' }
    for (const method of [...RUNS, ...TELLS, 'headers'] as (keyof Order)[]) {
      order[method] = (...args: unknown[]) => {
        if (early.order) return (early.order[method] as (...args: unknown[]) => unknown)(...args)
        if (RUNS.includes(method)) return (args[args.length - 1] as () => unknown)()
        if (method === 'headers') return {}
        keep(early.said, [method, args, Date.now()])
      }
    }
    keep(queue, early)
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
  const nothing = async () => {}
  const setUser = (user: string | undefined) => keep(queue, { user })
  const setConsent = (consent: boolean) => keep(queue, { consent })
  return { queue, startOrder, order: runOrder as Stub['order'], setUser, setConsent, flush: nothing, stop: nothing }
}

const page = window as { ordertrace?: unknown }
page.ordertrace ??= createStub()
