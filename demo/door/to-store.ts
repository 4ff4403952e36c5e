import type { ExportRequest } from '../../src/otlp/export-request'
import { DoorRefusal } from './door-refusal'

/** What the store said of spans that it took in part. */
export interface StoreAnswer {
  rejectedSpans: number
  message: string
}

/** Hands a clean request on; it is the door's own, so nothing of the sender's headers or address goes with it. */
export type ToStore = (request: ExportRequest) => Promise<StoreAnswer>

/** No fault of any request, and over soon, https://opentelemetry.io/docs/specs/otlp/#failures-1 */
const passing = [408, 429, 502, 503, 504]
/** Refused whatever is in the request: a key or an address of the store is wrong. */
const wrongSetUp = [401, 403, 404, 405, 407, 415, 421, 501]

/** Under the 10 s after which the SDK gives up. */
const storeMs = 8000

/** @param url the collector's, without `/v1/traces` */
export function createToStore(url: string, withinMs = storeMs): ToStore {
  return async (request) => {
    const response = await fetch(`${url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'door' },
      body: JSON.stringify(request),
      redirect: 'error',
      signal: AbortSignal.timeout(withinMs),
    }).catch((error: Error) => {
      throw new DoorRefusal('store_away', `the store of traces does not answer: ${error.name}`, 10)
    })
    const text = await response.text().catch(() => '')
    if (response.ok) return readPartialSuccess(text)
    const { status } = response
    if (wrongSetUp.includes(status) || status < 400) {
      throw new DoorRefusal('store_refused', `the store of traces refuses everything, with status ${status}`)
    }
    if (!passing.includes(status)) {
      const [code, what] =
        status < 500 ? (['batch_refused', 'refuses'] as const) : (['store_failed', 'fails at'] as const)
      throw new DoorRefusal(code, `the store of traces ${what} this request, with status ${status}`)
    }
    const seconds = Number(response.headers.get('retry-after'))
    throw new DoorRefusal('store_away', 'the store of traces is not well', seconds > 0 ? Math.ceil(seconds) : 10)
  }
}

function readPartialSuccess(text: string): StoreAnswer {
  try {
    const { rejectedSpans, errorMessage } = JSON.parse(text).partialSuccess ?? {}
    return { rejectedSpans: Math.max(0, Number(rejectedSpans) || 0), message: String(errorMessage ?? '') }
  } catch {
    return { rejectedSpans: 0, message: '' }
  }
}
