import type { CDPSession } from '@playwright/test'
import type { Delivery } from '../traces/delivery'
import type { TraceLog } from '../traces/trace-log'

/** A request that is paused a second time, with its answer, or why there is none. */
export interface AnswerPaused {
  requestId: string
  responseStatusCode?: number
  responseErrorReason?: string
}

/** What is handed on to the pages' own collector, until that has answered: what it refuses comes again, and is no second one then. */
export interface PassOn {
  request(requestId: string, received?: { log: TraceLog; delivery: Delivery }): Promise<unknown>
  answer(paused: AnswerPaused): Promise<unknown>
}

export const isAnswer = ({ responseStatusCode, responseErrorReason }: AnswerPaused): boolean =>
  responseStatusCode !== undefined || responseErrorReason !== undefined

export function createPassOn(session: CDPSession): PassOn {
  const waiting = new Map<string, { log: TraceLog; delivery: Delivery }>()
  return {
    request(requestId, received) {
      if (received) waiting.set(requestId, received)
      return session.send('Fetch.continueRequest', { requestId, interceptResponse: received !== undefined })
    },
    answer({ requestId, responseStatusCode: status = 0, responseErrorReason: failure }) {
      const received = waiting.get(requestId)
      waiting.delete(requestId)
      // What a page gives up may have reached the collector before.
      if (failure !== 'Aborted') received?.log.answered(received.delivery, status)
      return session.send('Fetch.continueRequest', { requestId })
    },
  }
}
