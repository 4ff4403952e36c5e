import type { ExportRequest } from '../../src/otlp/export-request'
import { DoorRefusal } from './door-refusal'

/** What the store said of spans that it took in part. */
export interface StoreAnswer {
  rejectedSpans: number
  message: string
}

/** Hands a clean request on; it is the door's own, so nothing of the sender's headers or address goes with it. */
export type ToStore = (request: ExportRequest) => Promise<StoreAnswer>

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
    // A batch that is refused for good must not come again, as it would after a 5xx.
    if (response.status === 400 || response.status === 413) {
      throw new DoorRefusal('batch_refused', `the store of traces refuses this request, with status ${response.status}`)
    }
    if (response.status < 500 && response.status !== 429 && response.status !== 408) {
      throw new DoorRefusal(
        'store_refused',
        `the store of traces refuses what is clean, with status ${response.status}`,
      )
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
