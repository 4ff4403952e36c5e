import type { Report } from '../page/report'
import type { Backlog } from './backlog'
import type { Breaker, Failure } from './breaker'
import type { Counts } from './counts'
import type { Batch } from './dispatch'
import type { Verdict } from './judge'
import type { LeftBehind } from './left-behind'
import type { Schedule } from './schedule'

/** Does what a verdict says. */
export interface Settlement {
  settle(verdict: Verdict, batch: Batch): void
  /** Nothing more is sent on this page; what waits and what comes is dropped for this reason. */
  end(reason: string, advice: string): void
  /** Why nothing is sent any more. */
  readonly ended: string | undefined
}

export interface SettlementParts {
  backlog: Backlog
  breaker: Breaker
  counts: Counts
  leftBehind: LeftBehind
  report: Report
  schedule: Schedule
}

export function createSettlement({
  backlog,
  breaker,
  counts,
  leftBehind,
  report,
  schedule,
}: SettlementParts): Settlement {
  let ended: string | undefined
  const end = (reason: string, advice: string) => {
    if (ended) return
    ended = reason
    counts.drop(reason, backlog.take(Number.POSITIVE_INFINITY).length)
    report.debug(`${advice}; no spans are sent until the next page`)
  }
  const sendAgain = ({ waiting }: Pick<Batch, 'waiting'>, withinMs: number) => {
    if (ended) return counts.drop(ended, waiting.length)
    backlog.putBack(waiting)
    schedule.within(withinMs)
  }
  let isSaid = false
  const sayOnce = ({ isUnreachable }: Failure) => {
    if (isSaid) return
    isSaid = true
    const trouble = isUnreachable ? 'does not answer (an ad blocker?)' : 'fails'
    report.debug(`the collector ${trouble}; it is asked again`)
  }
  const settleLeftBehind = (isWell: boolean) => {
    const waiting = leftBehind.settle(isWell)
    if (waiting.length === 0) return
    counts.restored(waiting.length)
    sendAgain({ waiting }, 0)
  }
  const settle = (verdict: Verdict, batch: Batch) => {
    const { fate } = verdict
    const isUnknown = fate === 'later' && batch.wasLeft && verdict.failure.isUnreachable
    // Known in the moment between the page's leaving and its end: nobody has to ask, and nobody else sends it again.
    if (!isUnknown) leftBehind.withdraw(batch.waiting)
    if (fate !== 'sent') counts.told(-batch.dropped)
    if (fate === 'sent') {
      breaker.succeeded()
      settleLeftBehind(true)
      counts.sent(batch.waiting.length - verdict.rejectedSpans)
      counts.drop('rejected-by-collector', verdict.rejectedSpans)
    } else if (fate === 'again') sendAgain(batch, 0)
    else if (isUnknown) {
      counts.stored(batch.waiting.length)
      leftBehind.adopt(batch.waiting)
      schedule.within(0)
    } else if (fate === 'later') {
      breaker.failed(verdict.failure)
      sayOnce(verdict.failure)
      settleLeftBehind(false)
      sendAgain(batch, breaker.waitMs())
    } else {
      const reason = `collector-refused-${verdict.status || 'redirect'}`
      counts.drop(reason, batch.waiting.length)
      if (verdict.isEnd)
        end(reason, `the collector refused the spans with status ${verdict.status}: check the option "collector"`)
    }
  }
  return {
    settle,
    end,
    get ended() {
      return ended
    },
  }
}
