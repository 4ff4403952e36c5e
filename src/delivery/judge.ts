import type { Answer } from './answer'
import type { Failure } from './breaker'

/** What an answer means for the batch that it answers. */
export type Verdict =
  | { fate: 'sent'; rejectedSpans: number }
  /** Not now; `failure` says what is known. */
  | { fate: 'later'; failure: Failure }
  /** At once, in another form. */
  | { fate: 'again' }
  /** Given up; `isEnd`: and so is all that follows on this page. */
  | { fate: 'refused'; status: number; isEnd: boolean }

export interface Judge {
  /** What a batch may have, in bytes; less after a collector found one too large. */
  readonly mostBytes: number
  readonly mayCompress: boolean
  /** @param batch what is judged; `lead`: its first span, by which it is known again */
  judge(answer: Answer, batch: { spans: number; bytes: number; isCompressed: boolean; lead: unknown }): Verdict
}

/** Compressed well within the share of the keepalive quota that is ours while the page lives. */
export const COMPRESSED_BATCH_BYTES = 48 * 1024
/** Within that share as it is. */
export const PLAIN_BATCH_BYTES = 14 * 1024

/** A refusal of these may be the fault of one batch; the next one shows. */
const BATCH_FAULTS = [400, 413, 422]

/** So often a batch is tried that the collector fails at: it may be the collector's fault, and pass. */
const MOST_FAULTS = 3

/** At most two requests in a row are refused on a page; then there are no more. */
export function createJudge(canCompress: boolean): Judge {
  let refusals = 0
  let faults = 0
  let faulty: unknown
  let isGzipKnown = false
  let mayCompress = canCompress
  let limit = Number.POSITIVE_INFINITY
  return {
    get mayCompress() {
      return mayCompress
    },
    get mostBytes() {
      return Math.min(limit, mayCompress ? COMPRESSED_BATCH_BYTES : PLAIN_BATCH_BYTES)
    },
    judge(answer, { spans, bytes, isCompressed, lead }) {
      if (answer.kind === 'unavailable') {
        // Of several that were sent at once none has been tried so often yet.
        if (faulty !== lead) faults = 0
        faulty = lead
        const { fault } = answer
        if (!fault || spans === 0 || ++faults < MOST_FAULTS) return { fate: 'later', failure: answer }
        return { fate: 'refused', status: fault, isEnd: false }
      }
      if (answer.kind === 'accepted') {
        refusals = 0
        isGzipKnown ||= isCompressed
        return { fate: 'sent', rejectedSpans: Math.min(answer.rejectedSpans, spans) }
      }
      // One that refuses an empty request, which asks how it is, is there all the same; spans tell more.
      if (spans === 0) return { fate: 'sent', rejectedSpans: 0 }
      const { status } = answer
      if (++refusals === 1) {
        if (isCompressed && !isGzipKnown && (status === 400 || status === 415)) {
          mayCompress = false
          return { fate: 'again' }
        }
        if (status === 413 && spans > 1) {
          limit = bytes / 2
          return { fate: 'again' }
        }
      }
      return { fate: 'refused', status, isEnd: refusals > 1 || !BATCH_FAULTS.includes(status) }
    },
  }
}
