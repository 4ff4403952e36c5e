import type { EarlyOrder } from '../early-calls'
import type { Order } from '../tracing'
import type { Operation } from './operation'

/** Tells an operation that began before the SDK was there what its handle was told meanwhile, at the times when it was. */
export function replayEarly({ said }: EarlyOrder, operation: Operation, order: Order): void {
  for (const [method, args, at] of said) {
    if (method === 'succeed') operation.end('confirmed', undefined, at)
    else if (method === 'fail') operation.end('failed', args[0], at)
    else if (method === 'setId' || method === 'setAttributes') (order[method] as (value: unknown) => void)(args[0])
  }
}
