import { type SpanContext, TraceFlags } from '@opentelemetry/api'
import type { Storage } from '../page/storage'
import { parseTraceparent } from '../propagation/traceparent'

/** An operation that goes on on the next page of the tab. */
export interface CarriedOperation {
  step: string
  span: Pick<SpanContext, 'traceId' | 'spanId'>
  orderId: string | undefined
  userId: string | undefined
}

export interface Carrier {
  leave(operation: CarriedOperation): void
  /** Takes what an earlier page left under this step, once, and not after its deadline. */
  take(step: string): (Omit<CarriedOperation, 'span'> & { parent: SpanContext }) | undefined
}

const KEY = 'ordertrace.carried'
/** Longer than anyone takes at a payment page, shorter than until the tab has another order. */
const DEADLINE_MS = 30 * 60_000
const MOST = 8

interface Stored {
  step: string
  traceparent: string
  orderId?: string | undefined
  userId?: string | undefined
  until: number
}

/** @param now ms since the epoch, by the device's own clock: both pages are on this device */
export function createCarrier(storage: Storage, now = () => Date.now()): Carrier {
  const read = () => parse(storage.read(KEY)).filter(({ until }) => until > now() && until <= now() + DEADLINE_MS)
  const write = (all: Stored[]) => storage.write(KEY, JSON.stringify(all.slice(-MOST)))
  return {
    leave({ step, span, orderId, userId }) {
      const traceparent = `00-${span.traceId}-${span.spanId}-01`
      write([
        ...read().filter((other) => other.step !== step),
        { step, traceparent, orderId, userId, until: now() + DEADLINE_MS },
      ])
    },
    take(step) {
      const all = read()
      const found = all.find((stored) => stored.step === step)
      if (!found) return undefined
      write(all.filter((other) => other !== found))
      const parent = parseTraceparent(found.traceparent)
      const { orderId, userId } = found
      return parent && { step, orderId, userId, parent: { ...parent, traceFlags: TraceFlags.SAMPLED } }
    },
  }
}

/** Another script, or another version of ours, may have written there. */
function parse(text: string | undefined): Stored[] {
  try {
    const all: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(all) ? all.filter(isStored) : []
  } catch {
    return []
  }
}

function isStored(value: unknown): value is Stored {
  const { step, traceparent, orderId = '', userId = '', until } = (value ?? {}) as Record<string, unknown>
  return [step, traceparent, orderId, userId].every((text) => typeof text === 'string') && typeof until === 'number'
}
