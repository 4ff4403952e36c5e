/** What became of one request to the collector. */
export type SendResult =
  | { kind: 'accepted'; rejectedSpans: number }
  /** Worth another try; `afterMs` if the collector named a time. */
  | { kind: 'unavailable'; afterMs?: number }
  /** The collector will not take this, now or later. */
  | { kind: 'refused'; status: number }

export type Send = (body: Uint8Array<ArrayBuffer>) => Promise<SendResult>

/** A collector that does not answer must not hold spans for ever. */
const ANSWER_WITHIN_MS = 10_000
/** Keepalive requests of a page share 64 KiB (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch); headers count in some engines. */
export const KEEPALIVE_BYTES = 60 * 1024
/** Chromium allows 9 at once. */
const KEEPALIVE_REQUESTS = 9

/**
 * Sends OTLP/JSON through `nativeFetch`, taken before anything was patched, so that we never trace ourselves.
 * `keepalive` lets a request outlive the page as long as the quota holds.
 */
export function createSender(url: string, nativeFetch: typeof fetch): Send {
  const kept = { bytes: 0, requests: 0 }
  return async (body) => {
    const keepalive = kept.bytes + body.length <= KEEPALIVE_BYTES && kept.requests < KEEPALIVE_REQUESTS
    if (keepalive) count(kept, body.length, 1)
    try {
      return await post(url, nativeFetch, body, keepalive)
    } catch {
      return { kind: 'unavailable' }
    } finally {
      if (keepalive) count(kept, -body.length, -1)
    }
  }
}

function count(kept: { bytes: number; requests: number }, bytes: number, requests: number): void {
  kept.bytes += bytes
  kept.requests += requests
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
    return Number(JSON.parse(answer).partialSuccess?.rejectedSpans) || 0
  } catch {
    return 0
  }
}
