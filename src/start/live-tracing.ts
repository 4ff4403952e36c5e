import type { ReplayedOrderOptions } from '../early-calls'
import { replayEarly } from '../order/early'
import { checkName } from '../order/names'
import type { Beginning } from '../order/operation'
import { createOrder, setAttributes, setOrderId } from '../order/order'
import { runOrder } from '../order/run-order'
import { createStepRunner } from '../order/step'
import type { Diagnostics, Order, OrderOptions, Tracing } from '../tracing'
import type { Parts } from './compose'
import { INERT_ORDER } from './inert'
import { createNoHeaderLog } from './no-header-log'
import { registerGlobally } from './register-globally'
import { setConsent } from './set-consent'
import { watchLeaving } from './watch-leaving'
import { watchPage } from './watch-page'

type OrderFunction<T> = (order: Order) => T | PromiseLike<T>

/** Tracing that runs: the composed rooms behind the public interface. */
export function createLiveTracing(parts: Parts): Tracing {
  const { options, guard, report, continuity, carrier, tracer, operations, user, delivery, counts, failures, flow } =
    parts
  let state: Diagnostics['state'] = 'running'
  let withHeader = 0
  const noHeaderLog = createNoHeaderLog(report)
  const runStep = createStepRunner(parts)
  const stopLeaving = guard('leave', () => watchLeaving(parts))
  const stopWatching = watchPage(parts, noHeaderLog, () => withHeader++)
  const unregister = options.registerGlobally ? registerGlobally(tracer, continuity.manager, report) : () => {}

  const start = (step: string, given: ReplayedOrderOptions, earlier?: Beginning['earlier']): Order => {
    const { id, attributes, early, continues } = given
    const operation = operations.start(checkName(step, report), { startTime: early?.at, earlier, continues })
    if (id !== undefined) setOrderId(operation, id, report)
    if (attributes) setAttributes(operation, attributes, report)
    const order = createOrder(operation, { ...parts, runStep })
    if (early) replayEarly(early, operation, order)
    return order
  }
  const startOrder = (step: string, given: OrderOptions = {}) =>
    (state === 'running' && guard('order', () => start(step, given))) || INERT_ORDER
  const resume = (step: string, given: OrderOptions): Order | undefined => {
    const earlier = carrier.take(checkName(step, report))
    const userId = user.current()
    if (!earlier || (userId !== undefined && earlier.userId !== undefined && earlier.userId !== userId))
      return undefined
    return start(step, given, earlier)
  }

  return {
    startOrder,
    resumeOrder: (step, given = {}) => (state === 'running' ? guard('order', () => resume(step, given)) : undefined),
    order<T>(step: string, ...rest: [OrderFunction<T>] | [OrderOptions, OrderFunction<T>]) {
      const fn = rest[1] ?? (rest[0] as OrderFunction<T>)
      if (typeof fn !== 'function') report.misuse(`order("${step}") was given no function to run`)
      return runOrder(startOrder(step, rest.length > 1 ? (rest[0] as OrderOptions) : {}), fn)
    },
    setUser: (id) => void guard('setUser', () => user.set(id)),
    setConsent: (isGranted) => void guard('consent', () => setConsent(parts, isGranted)),
    tracer,
    flush: delivery.flush,
    async stop() {
      if (state === 'stopped') return
      state = 'stopped'
      const abandonAll = () => operations.abandonAll('stopped')
      for (const end of [stopWatching, unregister, abandonAll, flow.interruptAll, continuity.stop]) guard('stop', end)
      parts.isStopped = true
      await delivery.stop()
      // Until then the page may go away, and with it what was not answered.
      if (stopLeaving) guard('stop', stopLeaving)
    },
    diagnostics: () => ({
      state,
      spans: { ...counts.read(), waiting: delivery.waiting },
      requests: { withHeader, withoutHeader: noHeaderLog.read() },
      failures: { ...failures },
    }),
  }
}
