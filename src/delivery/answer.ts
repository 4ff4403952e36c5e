/** What became of one request to the collector. */
export type Answer =
  | { kind: 'accepted'; rejectedSpans: number }
  /** Worth another try; `fault`, a status or 0: not for ever, for it may be this batch that the collector cannot bear. */
  | { kind: 'unavailable'; isUnreachable?: true; fault?: number; afterMs?: number }
  /** The collector will not take this, now or later; status 0 for a redirect. */
  | { kind: 'refused'; status: number }

/** A collector that does not answer must not hold spans for ever. */
export const ANSWER_WITHIN_MS = 10_000

/** No answer came. */
export const UNREACHABLE = { kind: 'unavailable', isUnreachable: true } as const satisfies Answer

/** Those that OTLP (https://opentelemetry.io/docs/specs/otlp/#failures-1) says to retry, and a request that was too slow. */
const PASSING = [408, 429, 502, 503, 504]

export async function readAnswer(response: Response): Promise<Answer> {
  // Chromium gives the keepalive quota back only when the body was read (seen with `Cache-Control: no-store`).
  const text = response.text().catch(() => '')
  const { status, headers } = response
  // A page in place of an answer is that of a hotel's network, say.
  const isPage = headers.get('content-type')?.includes('html')
  if (response.ok && !isPage) return { kind: 'accepted', rejectedSpans: rejectedSpans(await text) }
  // Whatever the body has to say: a page that goes away meanwhile would not see it, and not know that it was refused.
  const isFault = !response.ok && !PASSING.includes(status)
  if (isFault && status < 500) return { kind: 'refused', status }
  const afterMs = retryAfter(headers)
  return { kind: 'unavailable', fault: isFault ? status : 0, ...(afterMs > 0 && { afterMs }) }
}

/** In seconds, or a date (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after), by the clock of the server that named it where it tells. */
function retryAfter(headers: Headers): number {
  const text = headers.get('retry-after')
  if (!text) return 0
  const seconds = Number(text)
  if (Number.isFinite(seconds)) return seconds * 1000
  return Date.parse(text) - (Date.parse(headers.get('date') ?? '') || Date.now())
}

/** A partial success (https://opentelemetry.io/docs/specs/otlp/#partial-success); 64-bit counts are text in JSON. */
function rejectedSpans(text: string): number {
  try {
    return Math.max(0, Number(JSON.parse(text).partialSuccess?.rejectedSpans) || 0)
  } catch {
    return 0
  }
}
