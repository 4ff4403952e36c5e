import { SpanStatusCode, trace } from '@opentelemetry/api'
import type { Delivery } from './queue'

/** What is to become of a message after an attempt. */
export type AttemptOutcome =
  | { kind: 'done' }
  | { kind: 'retry'; delay: number; reason: string }
  | { kind: 'park'; reason: string }

/** Runs the handler once, and writes on the active span, the consumer's, which attempt it was and what came of it. */
export async function attemptDelivery(
  delivery: Delivery,
  handle: (delivery: Delivery) => Promise<void>,
  retryDelays: readonly number[],
): Promise<AttemptOutcome> {
  const span = trace.getActiveSpan()
  span?.setAttribute('messaging.attempt', delivery.attempt)
  try {
    // More attempts than there may be: the process died in each of them, and would do so again.
    if (delivery.attempt > retryDelays.length + 1) throw new Error('every attempt ended with the death of its consumer')
    await handle(delivery)
    return { kind: 'done' }
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    const code = (error as { code?: unknown }).code
    span?.setStatus({ code: SpanStatusCode.ERROR, message: error.message })
    span?.setAttribute('error.type', typeof code === 'string' ? code : error.name)
    const delay = retryDelays[delivery.attempt - 1]
    if (delay === undefined) {
      console.error(`message ${delivery.id} is parked after ${delivery.attempt} attempts: ${error.message}`)
      span?.addEvent('message parked')
      return { kind: 'park', reason: error.message }
    }
    span?.addEvent('message comes again', { 'messaging.retry_delay_ms': delay })
    return { kind: 'retry', delay, reason: error.message }
  }
}
