import { ANSWER_WITHIN_MS, type Answer, readAnswer, UNREACHABLE } from './answer'
import type { Body } from './compress'

/**
 * Keepalive requests and beacons of a page share 64 KiB (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch), and Chromium allows 9
 * at once. While the page lives most of that is the page's own; when it goes away we may take what is left.
 */
const LIVING = { bytes: 16 * 1024, requests: 2 }
const LEAVING = { bytes: 60 * 1024, requests: 9 }

export interface Sending {
  answer: Promise<Answer>
  /** Whether the request outlives the page. */
  isKept: boolean
}

export interface Sender {
  /**
   * @param isLeaving the page may be gone in a moment
   * @param isQuestion there is nothing in it that may not be lost: then it goes straight from the page, while what is kept goes by the browser's main
   *   process, whose turn may come late (Chromium)
   */
  send(body: Body, isLeaving: boolean, isQuestion: boolean): Sending
  /** How many bytes may still be sent now so that they outlive the page. */
  roomForLeaving(): number
}

/** Where every request of ours goes, and how: the page's address is none of the collector's business, nor are its cookies unless the page says so. */
export const describeRequests = (url: string, credentials: 'omit' | 'same-origin' = 'omit') =>
  ({ url, request: { method: 'POST', credentials, referrerPolicy: 'no-referrer' } }) as const

export type Requests = ReturnType<typeof describeRequests>

export interface SenderParts extends Requests {
  /** Taken before anything was patched, so that we never trace ourselves. */
  nativeFetch: typeof fetch
  /** An answer of the collector, which tells the time. */
  onAnswer(headers: Headers, sentAt: number): void
  now(): number
}

export function createSender({ url, request, nativeFetch, onAnswer, now }: SenderParts): Sender {
  const kept = { bytes: 0, requests: 0 }
  const post = async ({ content, encoding }: Body, keepalive: boolean): Promise<Answer> => {
    const sentAt = now()
    const response = await nativeFetch(url, {
      ...request,
      headers: { 'content-type': 'application/json', ...(encoding && { 'content-encoding': encoding }) },
      body: content,
      keepalive,
      // A collector behind a login would send us to a page that answers 200.
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    onAnswer(response.headers, sentAt)
    return readAnswer(response)
  }
  return {
    send(body, isLeaving, isQuestion) {
      const quota = isLeaving ? LEAVING : LIVING
      const { length } = body.content
      const isKept = !isQuestion && kept.bytes + length <= quota.bytes && kept.requests < quota.requests
      if (isKept) {
        kept.bytes += length
        kept.requests++
      }
      const settle = (answer: Answer) => {
        if (isKept) {
          kept.bytes -= length
          kept.requests--
        }
        return answer
      }
      return { isKept, answer: post(body, isKept).then(settle, () => settle(UNREACHABLE)) }
    },
    roomForLeaving: () => (kept.requests < LEAVING.requests ? LEAVING.bytes - kept.bytes : 0),
  }
}
