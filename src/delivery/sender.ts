/** What became of one request to the collector. */
export type SendResult =
  | { kind: 'accepted'; rejectedSpans: number }
  /** Worth another try; `afterMs` if the collector named a time. */
  | { kind: 'unavailable'; afterMs?: number }
  /** The collector will not take this, now or later. */
  | { kind: 'refused'; status: number }

/** @param isLeaving the page may be gone in a moment */
export type Send = (body: Uint8Array<ArrayBuffer>, isLeaving: boolean) => Promise<SendResult>

/** A collector that does not answer must not hold spans for ever. */
const ANSWER_WITHIN_MS = 10_000
/**
 * Keepalive requests and beacons of a page share 64 KiB (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch), and Chromium allows 9
 * at once. While the page lives most of that is the page's own; when it goes away we may take what is left.
 */
const LIVING = { bytes: 16 * 1024, requests: 2 }
const LEAVING = { bytes: 60 * 1024, requests: 9 }

export interface Sender {
  send: Send
  /** How many bytes may still be sent now so that they outlive the page. */
  roomForLeaving(): number
}

/** Sends OTLP/JSON through `nativeFetch`, taken before anything was patched, so that we never trace ourselves. */
export function createSender(url: string, nativeFetch: typeof fetch): Sender {
  const kept = { bytes: 0, requests: 0 }
  const send: Send = async (body, isLeaving) => {
    const quota = isLeaving ? LEAVING : LIVING
    const keepalive = kept.bytes + body.length <= quota.bytes && kept.requests < quota.requests
    if (keepalive) {
      kept.bytes += body.length
      kept.requests++
    }
    try {
      return await post(url, nativeFetch, body, keepalive)
    } catch {
      return { kind: 'unavailable' }
    } finally {
      if (keepalive) {
        kept.bytes -= body.length
        kept.requests--
      }
    }
  }
  return { send, roomForLeaving: () => (kept.requests < LEAVING.requests ? LEAVING.bytes - kept.bytes : 0) }
}

async function post(
  url: string,
  nativeFetch: typeof fetch,
  body: Uint8Array<ArrayBuffer>,
  keepalive: boolean,
): Promise<SendResult> {
  const response = await nativeFetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    keepalive,
    // The page's cookies are none of the collector's business.
    credentials: 'omit',
    // A page's address may carry what no trace may.
    referrerPolicy: 'no-referrer',
    // A collector behind a login would send us to a page that answers 200.
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  })
  // Chromium gives the keepalive quota back only when the body was read (seen with `Cache-Control: no-store`).
  const answer = await response.text()
  if (response.ok) return { kind: 'accepted', rejectedSpans: rejectedSpans(answer) }
  if (response.status === 429 || response.status >= 500) return unavailable(response.headers.get('retry-after'))
  return { kind: 'refused', status: response.status }
}

function unavailable(retryAfter: string | null): SendResult {
  if (!retryAfter) return { kind: 'unavailable' }
  const seconds = Number(retryAfter)
  const afterMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - Date.now()
  return afterMs > 0 ? { kind: 'unavailable', afterMs } : { kind: 'unavailable' }
}

/** A partial success (https://opentelemetry.io/docs/specs/otlp/#partial-success); 64-bit counts are text in JSON. */
function rejectedSpans(answer: string): number {
  try {
    return Math.max(0, Number(JSON.parse(answer).partialSuccess?.rejectedSpans) || 0)
  } catch {
    return 0
  }
}
