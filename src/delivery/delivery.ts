import type { Guard } from '../page/guard'
import type { Report } from '../page/report'
import type { FinishedSpan } from '../spans/recorded-span'
import { createBacklog } from './backlog'
import type { Breaker } from './breaker'
import type { Counts } from './counts'
import { createDispatch } from './dispatch'
import { createFlushing } from './flushing'
import type { Form } from './form'
import { createJudge } from './judge'
import { createKeeping } from './keeping'
import { createLastGasp } from './last-gasp'
import { createLeaving, type Leaving } from './leaving'
import type { LeftBehind } from './left-behind'
import type { Outbox } from './outbox'
import { createSchedule } from './schedule'
import type { Requests, Sender } from './sender'
import { createSettlement } from './settlement'

/** The way of spans out of the page: none is lost without being counted, and none is sent twice unless its answer was lost. */
export interface Delivery extends Leaving {
  /** @param isOrder spans of orders go first, and are given up last */
  add(span: FinishedSpan, isOrder: boolean): void
  /** An order ended: send before anything happens to the page, or be safe from a crash at least. */
  sendSoon(): void
  /** Sends what waits, also what an earlier page put away; resolves when that was answered or put off. */
  flush(): Promise<void>
  online(): void
  rewrite(): void
  /** The page's policy, say, forbids to send: no more on this page. */
  end(reason: string, advice: string): void
  /** The user did not agree: what waits, here and put away, is thrown away. */
  forget(): void
  readonly waiting: number
  /** One last try, and no more after that. */
  stop(): Promise<void>
}

export interface DeliveryParts {
  requests: Requests
  /** Whether the collector is sure to take a compressed body without being asked first. */
  canCompress: boolean
  sender: Sender
  breaker: Breaker
  form: Form
  counts: Counts
  outbox: Outbox
  leftBehind: LeftBehind
  report: Report
  guard: Guard
  mayLeave(): boolean
}

/** Not all pages that had no network at once. */
const BACK_ONLINE_MS = 1000

export function createDelivery(parts: DeliveryParts): Delivery {
  const { sender, breaker, form, counts, outbox, leftBehind, guard, report } = parts
  const backlog = createBacklog(() => counts.drop('backlog-full', 1))
  const judge = createJudge(parts.canCompress)
  const schedule = createSchedule(judge.mostBytes, () => void flush())
  const settlement = createSettlement({ backlog, breaker, counts, leftBehind, report, schedule })
  const maySend = () => parts.mayLeave() && !settlement.ended
  let wasForgotten = false
  const isRefused = () => wasForgotten && !parts.mayLeave()
  const dropForbidden = () => {
    const reason = isRefused() ? 'no-consent' : settlement.ended
    if (reason) counts.drop(reason, backlog.take(Number.POSITIVE_INFINITY).length)
  }
  // What is tried while offline may have no answer yet when the page is closed, and a closed tab has no next page that would ask.
  const maySendOnline = () => maySend() && navigator.onLine !== false
  const canSend = () => maySendOnline() && breaker.waitMs() === 0
  const lastGasp = createLastGasp({
    ...parts.requests,
    guard,
    encode: (waiting) => form.request(waiting, counts.untold()),
    // To a collector that is down it would be lost.
    waiting: () => (canSend() ? [...beingCompressed().flatMap(({ waiting }) => waiting), ...backlog.all()] : []),
  })
  const takeBackLastGasp = () => {
    const sent = lastGasp.takeBack()
    backlog.remove(sent)
    counts.sent(sent.size)
  }
  /** A promise of ours that nobody handles would surface in the page. */
  const onFailure = (error: unknown) =>
    guard('delivery', () => {
      throw error
    })
  const dispatch = createDispatch({
    backlog,
    sender,
    judge,
    form,
    counts,
    settle(verdict, batch) {
      settlement.settle(verdict, batch)
      if (verdict.fate === 'later') takeBackLastGasp()
      dropForbidden()
      leaving.answered()
    },
    onFailure(error) {
      breaker.failed({})
      onFailure(error)
    },
    onSend() {
      breaker.tried()
      takeBackLastGasp()
      lastGasp.layReadySoon()
    },
  })
  const beingCompressed = () => dispatch.onTheWay().filter(({ sentAt }) => sentAt === undefined)
  const keeping = createKeeping({ backlog, counts, outbox, head: form.head, maySend, onRestored: dropForbidden })
  const flushing = createFlushing({
    backlog,
    breaker,
    dispatch,
    keeping,
    leftBehind,
    schedule,
    maySend: maySendOnline,
    onFailure,
  })
  const { flush, lookBack } = flushing
  const leaving = createLeaving({
    backlog,
    dispatch,
    lastGasp,
    leftBehind,
    head: form.head,
    canSend,
    maySend,
    onSent: counts.sent,
    takeBackLastGasp,
    keeping,
  })
  // To read the storage while the script starts would double the time that it takes.
  const timer = setTimeout(() => void guard('delivery', lookBack))
  return {
    ...leaving,
    comeBack() {
      leaving.comeBack()
      lookBack()
    },
    get waiting() {
      return dispatch.onTheWay().reduce((sum, { waiting }) => sum + waiting.length, backlog.size)
    },
    add(span, isOrder) {
      if (settlement.ended) return counts.drop(settlement.ended, 1)
      const waiting = form.span(span, isOrder)
      if (!waiting) return counts.drop('not-serializable', 1)
      backlog.add(waiting)
      if (isRefused()) return dropForbidden()
      schedule.added(backlog.bytes)
      lastGasp.layReadySoon()
    },
    sendSoon() {
      // A browser that is closed tells its pages nothing: what was sent before arrives, of what lies ready five sixths (Chromium 156).
      if (!flushing.isOn) return void flush()
      if (dispatch.onTheWay().length === 0) return
      lastGasp.layReadyNow()
      schedule.soon()
    },
    flush,
    online() {
      breaker.hasten()
      schedule.within(Math.random() * BACK_ONLINE_MS)
    },
    rewrite() {
      takeBackLastGasp()
      backlog.rewrite(form.again)
      lastGasp.layReadySoon()
    },
    end(reason, advice) {
      settlement.end(reason, advice)
      lastGasp.takeBack()
    },
    forget() {
      wasForgotten = true
      for (const batch of beingCompressed()) {
        dispatch.forget(batch)
        backlog.putBack(batch.waiting)
      }
      dropForbidden()
      lastGasp.takeBack()
      outbox.clear()
      leftBehind.settle(true)
    },
    async stop() {
      clearTimeout(timer)
      breaker.forget()
      await flush()
      schedule.stop()
      lastGasp.takeBack()
      if (!keeping.putAway(backlog.all())) counts.drop('stopped', backlog.take(Number.POSITIVE_INFINITY).length)
    },
  }
}
