import { UNREACHABLE } from './answer'
import type { Backlog } from './backlog'
import { compress, plain } from './compress'
import type { Counts } from './counts'
import type { Form } from './form'
import { type Judge, PLAIN_BATCH_BYTES, type Verdict } from './judge'
import type { Sender } from './sender'
import type { Waiting } from './waiting'

/** Spans that left the backlog together. */
export interface Batch {
  waiting: Waiting[]
  /** How many dropped spans it tells of. */
  dropped: number
  /** When it was sent, `performance.now()`; not yet while it is compressed. */
  sentAt?: number
  /** When its request was seen to have failed, `performance.now()`. */
  failedAt?: number
  /** Whether its request outlives the page. */
  isKept: boolean
  /** The page went away meanwhile, and perhaps came back. */
  wasLeft?: boolean
}

/** Sends batches, and knows which are on their way. */
export interface Dispatch {
  /** Resolves when the batch was answered or put off. @param isLeaving the page may be gone in a moment: at once, and so that it outlives the page */
  send(isLeaving: boolean): Promise<void>
  /** Sends all that may outlive the page, as long as it may. */
  sendForLeaving(may: () => boolean): void
  onTheWay(): Batch[]
  /** The page goes away at this time, `performance.now()`: what was seen to have failed before has failed. */
  settleFailed(before: number): void
  /** The fate of the batch is decided elsewhere; its answer does not count any more. */
  forget(batch: Batch): void
}

export interface DispatchParts {
  backlog: Backlog
  sender: Sender
  judge: Judge
  form: Form
  counts: Counts
  /** A batch goes out now; nobody else must send it. */
  onSend(): void
  settle(verdict: Verdict, batch: Batch): void
  onFailure(error: unknown): void
}

/** What is written round a batch. */
const FRAME_BYTES = 2 * 1024

export function createDispatch({ backlog, sender, judge, form, counts, ...parts }: DispatchParts): Dispatch {
  const inFlight = new Set<Batch>()
  const forget = (batch: Batch) => {
    const wasOnTheWay = inFlight.delete(batch)
    if (wasOnTheWay) counts.told(-batch.dropped)
    return wasOnTheWay
  }
  const hasRoom = () => {
    const bytes = backlog.peek(PLAIN_BATCH_BYTES).reduce((sum, waiting) => sum + waiting.bytes, FRAME_BYTES)
    return sender.roomForLeaving() >= bytes
  }
  const transmit = async (batch: Batch, isLeaving: boolean) => {
    const text = form.request(batch.waiting, batch.dropped)
    const body = isLeaving || !judge.mayCompress ? plain(text) : await compress(text)
    // The page went away while it was compressed, and it was sent as it was.
    if (!inFlight.has(batch)) return
    batch.sentAt = performance.now()
    const { isKept, answer } = sender.send(body, isLeaving, !batch.waiting.length)
    batch.isKept = isKept
    parts.onSend()
    const answered = await answer
    if (answered === UNREACHABLE) {
      batch.failedAt = performance.now()
      // When a page goes away Chromium fails its requests in the task in which it says so, and goes on with those that are kept: that is no failure.
      await new Promise((resolve) => setTimeout(resolve))
    }
    const verdict = judge.judge(answered, {
      spans: batch.waiting.length,
      bytes: text.length,
      isCompressed: body.encoding !== undefined,
      lead: batch.waiting[0],
    })
    if (inFlight.delete(batch)) parts.settle(verdict, batch)
  }
  const send = async (isLeaving: boolean) => {
    const waiting = backlog.take(isLeaving ? Math.min(PLAIN_BATCH_BYTES, judge.mostBytes) : judge.mostBytes)
    const batch: Batch = { waiting, dropped: waiting.some(form.isOwn) ? counts.untold() : 0, isKept: false }
    // Or another batch, sent meanwhile, would tell of them too.
    counts.told(batch.dropped)
    inFlight.add(batch)
    try {
      await transmit(batch, isLeaving)
    } catch (error) {
      if (forget(batch)) counts.drop('failure', waiting.length)
      parts.onFailure(error)
    }
  }
  return {
    send,
    sendForLeaving(may) {
      while (backlog.size > 0 && may() && hasRoom()) void send(true)
    },
    onTheWay: () => [...inFlight],
    settleFailed(before) {
      for (const batch of inFlight)
        if ((batch.failedAt ?? before) < before && inFlight.delete(batch))
          parts.settle({ fate: 'later', failure: UNREACHABLE }, batch)
    },
    forget,
  }
}
