import { type Continuity, createContinuity } from '../continuity/continuity'
import type { TracingOptions } from '../options'
import { say } from '../page/report'
import type { Tracing } from '../tracing'
import { type CheckedOptions, checkOptions } from './check-options'
import { compose } from './compose'
import { createInertTracing } from './inert'
import { createLiveTracing } from './live-tracing'

/** Also seen by another copy of ordertrace on the same page: two would double every span. */
const RUNNING = Symbol.for('ordertrace.running')
type Page = { [RUNNING]?: Tracing }

/**
 * Starts tracing on this page. Never throws: with wrong options, on a server, or in a browser that refuses, it says so once in the console
 * (on a server nothing) and returns tracing that does nothing but run your functions.
 *
 * @example
 * const tracing = startTracing({ service: 'internet-shop', apis: ['/api/'] })
 * await tracing.order('submit', async (order) => {
 *   const created = await (await fetch('/api/orders', { method: 'POST', body })).json()
 *   order.setId(created.id)
 * })
 */
export function startTracing(options: TracingOptions): Tracing {
  return startWith(options, createContinuity)
}

/** @internal how the entries differ: what keeps the trace across asynchronous code */
export function startWith(options: TracingOptions, continuity: () => Continuity): Tracing {
  if (typeof window === 'undefined' || typeof document === 'undefined') {
    return createInertTracing('this is no browser page')
  }
  const page = window as Page
  const running = page[RUNNING]
  if (running) {
    say('warn', 'tracing runs on this page already')
    return running
  }
  let refused = ''
  try {
    const checked = checkOptions(options, location.href, self.origin)
    refused = 'this browser refused: '
    return begin(checked, page, continuity())
  } catch (error) {
    const problem = refused + (error as Error)?.message
    say('error', `${problem}. Tracing is off`)
    return createInertTracing(problem)
  }
}

function begin(options: CheckedOptions, page: Page, continuity: Continuity): Tracing {
  const tracing = createLiveTracing(compose(options, continuity))
  const stop = tracing.stop
  tracing.stop = () => {
    delete page[RUNNING]
    return stop()
  }
  Object.defineProperty(page, RUNNING, { value: tracing, configurable: true })
  return tracing
}
