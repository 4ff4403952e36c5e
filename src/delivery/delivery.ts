import type { ReadableSpan } from '../otel'
import type { Report } from '../page/report'
import { createBacklog } from './backlog'
import { takeBatch } from './batch'
import type { Breaker } from './breaker'
import type { Counts } from './counts'
import { createSchedule } from './schedule'
import type { Send } from './sender'

export interface Delivery {
  /** @param isOrder spans of orders go first, and are given up last */
  add(span: ReadableSpan, isOrder: boolean): void
  /** An order ended: send soon. */
  sendSoon(): void
  /** Sends what waits; resolves when that was answered or put off. */
  flush(): Promise<void>
  /** The page may be gone after this call: sends all that waits at once. */
  sendNow(): void
  readonly waiting: number
  stop(): void
}

export interface DeliveryParts {
  send: Send
  breaker: Breaker
  counts: Counts
  report: Report
}

export function createDelivery({ send, breaker, counts, report }: DeliveryParts): Delivery {
  const backlog = createBacklog(() => counts.drop('backlog-full', 1))
  const schedule = createSchedule(() => void flush())
  let refused: string | undefined
  let inFlight = 0
  let flushing: Promise<void> | undefined

  const giveUp = (status: number) => {
    refused = `collector-refused-${status || 'redirect'}`
    counts.drop(refused, backlog.take(backlog.size).length)
    report.debug(
      `the collector refused the spans with status ${status}; none are sent until the next page. Check the option "collector"`,
    )
  }
  /** @returns whether to go on */
  const sendBatch = async (): Promise<boolean> => {
    const { waiting, body } = takeBatch(backlog)
    if (!body) {
      counts.drop('not-serializable', waiting.length)
      return true
    }
    inFlight += waiting.length
    const result = await send(body)
    inFlight -= waiting.length
    if (result.kind === 'accepted') {
      breaker.succeeded()
      counts.sent(waiting.length - result.rejectedSpans)
      counts.drop('rejected-by-collector', result.rejectedSpans)
      return true
    }
    if (result.kind === 'unavailable') {
      breaker.failed(result.afterMs)
      backlog.putBack(waiting)
      schedule.within(breaker.waitMs())
      return false
    }
    counts.drop(`collector-refused-${result.status || 'redirect'}`, waiting.length)
    giveUp(result.status)
    return false
  }
  const sendAll = async () => {
    while (backlog.size > 0 && breaker.waitMs() === 0 && !refused) if (!(await sendBatch())) return
    if (backlog.size > 0 && !refused) schedule.within(breaker.waitMs())
  }
  const flush = () => {
    flushing ??= sendAll().finally(() => {
      flushing = undefined
    })
    return flushing
  }

  return {
    get waiting() {
      return backlog.size + inFlight
    },
    add(span, isOrder) {
      if (refused) return counts.drop(refused, 1)
      backlog.add({ span, isOrder })
      schedule.added(backlog.size)
    },
    sendSoon: schedule.soon,
    flush,
    sendNow() {
      // The last chance of this page, so also when the collector was down a moment ago.
      while (backlog.size > 0) void sendBatch()
    },
    stop: schedule.stop,
  }
}
