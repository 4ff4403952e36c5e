import type { Backlog } from './backlog'
import type { Batch, Dispatch } from './dispatch'
import type { Keeping } from './keeping'
import type { LastGasp } from './last-gasp'
import type { LeftBehind } from './left-behind'
import type { Waiting } from './waiting'

/** What is done with the spans when the page goes away, or may. */
export interface Leaving {
  /** The page may be about to go: sends at once what may outlive it, so that the answer is known by then. */
  sendNow(): void
  /** The page went to the background, and on a phone may never come back. */
  sendHidden(): void
  /** The page goes away: what may outlive it is sent, the rest put away. @param at when the browser said so, `performance.now()` */
  sendLast(at: number): void
  /** The page came back from the back/forward cache. */
  comeBack(): void
  /** A batch was answered. The page that goes away has no later: what the answer left waiting is put away. */
  answered(): void
}

export interface LeavingParts {
  backlog: Backlog
  dispatch: Dispatch
  lastGasp: LastGasp
  leftBehind: LeftBehind
  head: string
  canSend(): boolean
  /** Nothing forbids it, however the collector is. */
  maySend(): boolean
  /** The browser has sent these. */
  onSent(spans: number): void
  takeBackLastGasp(): void
  keeping: Keeping
}

/** Longer than a collector that is well takes to answer. */
const DOUBTFUL_MS = 1000

export function createLeaving(parts: LeavingParts): Leaving {
  const { backlog, dispatch, lastGasp, leftBehind, head, canSend, keeping } = parts
  /** What the browser sends when the page is gone. */
  let handedOver: Waiting[] = []
  let isGone = false
  const recall = (isToRecall: (batch: Batch) => boolean) => {
    for (const batch of dispatch.onTheWay().filter(isToRecall)) {
      dispatch.forget(batch)
      backlog.putBack(batch.waiting)
    }
  }
  /** Of these nobody can say that they will arrive. */
  const putAwayHanging = (hanging: readonly Batch[]) => {
    for (const batch of hanging) if (keeping.putAway(batch.waiting)) dispatch.forget(batch)
  }
  return {
    sendNow() {
      // What is still being compressed goes as it is: the sooner it goes, the more often its answer is seen.
      recall(({ sentAt }) => sentAt === undefined)
      dispatch.sendForLeaving(canSend)
    },
    sendHidden() {
      dispatch.sendForLeaving(canSend)
      // Or the browser would send it too.
      parts.takeBackLastGasp()
      keeping.putAway(backlog.all())
    },
    sendLast(at) {
      isGone = true
      // In a frame, what is cut off may be seen while the listeners of the page around it run, which is told before.
      if (window.parent === window) dispatch.settleFailed(at)
      const now = performance.now()
      // What went out just before another was refused most likely is refused too.
      const longestMs = canSend() ? DOUBTFUL_MS : 0
      const hanging = dispatch.onTheWay().filter(({ sentAt = now }) => now - sentAt > longestMs)
      const isWell = canSend() && hanging.length === 0
      if (!isWell) parts.takeBackLastGasp()
      const ready = lastGasp.leave()
      // What the page would take with it: not sent yet, or by a request that ends with the page.
      recall(({ isKept }) => !isKept)
      backlog.remove(ready)
      putAwayHanging(hanging.filter(({ isKept }) => isKept))
      if (isWell) dispatch.sendForLeaving(canSend)
      // What the quota had no room for the browser sends when the page is gone, and a later page what it has no room for either.
      const beside = isWell ? lastGasp.layBeside(backlog.all()) : new Set<Waiting>()
      backlog.remove(beside)
      handedOver = [...ready, ...beside]
      const onTheWay = dispatch.onTheWay()
      for (const batch of onTheWay) batch.wasLeft = true
      leftBehind.leave([...onTheWay.flatMap(({ waiting }) => waiting), ...handedOver], head)
      const isPutAway = keeping.putAway(backlog.all())
      // Nowhere to keep it: then it is tried, however the collector is.
      if (!isPutAway && !isWell) dispatch.sendForLeaving(parts.maySend)
      keeping.leaveCount()
    },
    answered() {
      if (isGone) keeping.putAway(backlog.all())
    },
    comeBack() {
      isGone = false
      const sent = lastGasp.comeBack()
      parts.onSent(sent.size)
      const isOurs = leftBehind.stay(head)
      if (isOurs) backlog.putBack(handedOver.filter((waiting) => !sent.has(waiting)))
      handedOver = []
    },
  }
}
