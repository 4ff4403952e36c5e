import { setTimeout } from 'node:timers/promises'

/** For how long OpenTelemetry's SDKs keep spans back, and ours at most, ms: the default of `scheduledDelayMillis`. */
export const BATCH_MS = 5_000

export interface SettleOptions {
  /** Ends the waiting; the promise then resolves at once. */
  signal?: AbortSignal
}

/** Resolves after a time, or as soon as nobody waits for it any more. */
export const elapse = (ms: number, { signal }: SettleOptions = {}): Promise<void> =>
  setTimeout(Math.max(0, ms), undefined, { ...(signal && { signal }) }).catch(() => {})

/** A longer timer would end at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Aborts at a moment of `performance.now()`; one that has passed is in a moment. */
export const signalAt = (deadline: number): AbortSignal =>
  AbortSignal.timeout(Math.ceil(Math.min(Math.max(deadline - performance.now(), 1), LONGEST_TIMER_MS)))
