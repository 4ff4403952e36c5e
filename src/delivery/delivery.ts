import type { Guard } from '../page/guard'
import type { Report } from '../page/report'
import type { FinishedSpan } from '../spans/recorded-span'
import { createBacklog, type Waiting } from './backlog'
import { BATCH_BYTES, takeBatch } from './batch'
import type { Breaker } from './breaker'
import type { Counts } from './counts'
import { createSchedule } from './schedule'
import type { Sender } from './sender'

export interface Delivery {
  /** @param isOrder spans of orders go first, and are given up last */
  add(span: FinishedSpan, isOrder: boolean): void
  /** An order ended: send soon. */
  sendSoon(): void
  /** Sends what waits; resolves when that was answered or put off. */
  flush(): Promise<void>
  /** The page went to the background: sends at once what may outlive it, unless the collector was down a moment ago. */
  sendHidden(): void
  /** The page goes away: sends at once what may outlive it, for there is no later. */
  sendLast(): void
  readonly waiting: number
  /** One last try, and no more after that. */
  stop(): Promise<void>
}

export interface DeliveryParts {
  /** The beginning of a request: who made the spans. */
  head: string
  sender: Sender
  breaker: Breaker
  counts: Counts
  report: Report
  guard: Guard
}

/** A refusal of these may be the fault of one batch; the next batch shows. */
const BATCH_FAULTS = [400, 413, 422]

export function createDelivery({ head, sender, breaker, counts, report, guard }: DeliveryParts): Delivery {
  const backlog = createBacklog(() => counts.drop('backlog-full', 1))
  const schedule = createSchedule(() => void flush())
  let refused: string | undefined
  let faults = 0
  let inFlight = 0
  let flushing: Promise<void> | undefined

  /** A promise of ours that nobody handles would surface in the page. */
  const count = (error: unknown) =>
    guard('delivery', () => {
      throw error
    })
  const refuse = (status: number, waiting: Waiting[]) => {
    const reason = `collector-refused-${status || 'redirect'}`
    counts.drop(reason, waiting.length)
    if (BATCH_FAULTS.includes(status) && ++faults === 1) return
    refused = reason
    counts.drop(reason, backlog.take(backlog.size).length)
    report.debug(
      `the collector refused the spans with status ${status}; none are sent until the next page. Check the option "collector"`,
    )
  }
  const accept = (waiting: Waiting[], rejected: number) => {
    faults = 0
    breaker.succeeded()
    counts.sent(waiting.length - Math.min(rejected, waiting.length))
    counts.drop('rejected-by-collector', Math.min(rejected, waiting.length))
  }
  const putOff = (waiting: Waiting[], afterMs: number | undefined) => {
    if (refused) return counts.drop(refused, waiting.length)
    breaker.failed(afterMs)
    backlog.putBack(waiting)
    schedule.within(breaker.waitMs())
  }
  const sendBatch = async (isLeaving: boolean): Promise<void> => {
    const { waiting, body } = takeBatch(backlog, head)
    if (!body) return counts.drop('not-serializable', waiting.length)
    inFlight += waiting.length
    const result = await sender.send(body, isLeaving)
    inFlight -= waiting.length
    if (result.kind === 'accepted') accept(waiting, result.rejectedSpans)
    else if (result.kind === 'unavailable') putOff(waiting, result.afterMs)
    else refuse(result.status, waiting)
  }
  const sendAll = async () => {
    while (backlog.size > 0 && breaker.waitMs() === 0) await sendBatch(false)
    if (backlog.size > 0) schedule.within(breaker.waitMs())
  }
  const flush = () => {
    flushing ??= sendAll()
      .catch(count)
      .finally(() => {
        flushing = undefined
      })
    return flushing
  }
  const sendLast = () => {
    while (backlog.size > 0 && sender.roomForLeaving() >= BATCH_BYTES) void sendBatch(true).catch(count)
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
    sendHidden() {
      if (breaker.waitMs() === 0) sendLast()
    },
    sendLast,
    async stop() {
      breaker.succeeded()
      await flush()
      schedule.stop()
      counts.drop('stopped', backlog.take(backlog.size).length)
    },
  }
}
