import type { Request } from '@playwright/test'
import { createSignal, type Signal } from '../traces/signal'

/** A request of a page's, with the headers that went over the wire. */
export interface PageRequest {
  readonly method: string
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** As Playwright names it: `fetch`, `xhr`, `document`, `ping`, … */
  readonly type: string
  /** Whether a service worker sent it, and no page. */
  readonly byServiceWorker: boolean
  /** The page in a frame that sent it; undefined: the page itself, or one of its workers. */
  readonly frameUrl: string | undefined
  /** When it began, ms since 1970. */
  readonly startedAt: number
  /** The answer's status; undefined while there is none. */
  readonly status: number | undefined
  /** Why there is no answer, in the browser's words; undefined while one may come. */
  readonly failure: string | undefined
}

export interface PageRequests extends Pick<Signal, 'onChange'> {
  readonly all: readonly PageRequest[]
  note(request: Request): void
}

/** What carries no trace in any case would only cost time. */
const UNTRACED = new Set(['image', 'stylesheet', 'font', 'media', 'script', 'manifest', 'texttrack'])

/** Keeps the requests of pages, without those to the collector. */
export function createPageRequests(isCollector: (url: string) => boolean): PageRequests {
  const { notify, onChange } = createSignal()
  const all: PageRequest[] = []

  async function keep(request: Request): Promise<void> {
    const heardAt = Date.now()
    const noted = {
      method: request.method(),
      url: request.url(),
      // What the page asked for, which is nearly all; the rest is known with the answer.
      headers: request.headers(),
      type: request.resourceType(),
      byServiceWorker: isByServiceWorker(request),
      frameUrl: frameUrlOf(request),
      startedAt: heardAt,
      status: undefined as number | undefined,
      failure: request.failure()?.errorText,
    }
    all.push(noted)
    notify()
    // It rejects for a page that has gone meanwhile.
    noted.headers = await request.allHeaders().catch(() => noted.headers)
    noted.status = (await request.response().catch(() => null))?.status()
    // The browser says it with the answer. What is heard of it before comes late on a busy machine.
    noted.startedAt = Math.min(heardAt, request.timing().startTime || heardAt)
    noted.failure = request.failure()?.errorText ?? (noted.status === undefined ? 'the page went first' : undefined)
    notify()
  }

  return {
    all,
    onChange,
    note: (request) => {
      if (!UNTRACED.has(request.resourceType()) && !isCollector(request.url())) void keep(request)
    },
  }
}

function isByServiceWorker(request: Request): boolean {
  try {
    return request.serviceWorker() !== null
  } catch {
    return false
  }
}

function frameUrlOf(request: Request): string | undefined {
  try {
    const frame = request.frame()
    return frame.parentFrame() ? frame.url() : undefined
  } catch {
    return undefined
  }
}
