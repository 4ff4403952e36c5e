import type { Guard } from '../page/guard'
import { REQUEST } from './sender'
import { utf8, type Waiting } from './waiting'

/**
 * A request that lies ready in the browser itself (`fetchLater`, https://wicg.github.io/pending-beacon/): it is sent when the page is gone, also when
 * the page has crashed. Without it, in other browsers, what waits is lost with a crash.
 */
export interface LastGasp {
  /** Lays ready what waits now, in place of what lay there. @returns what lies ready */
  layReady(): ReadonlySet<Waiting>
  /** The same, soon: for what need not be safe at once. */
  layReadySoon(): void
  /** Takes back what lay ready. @returns what the browser has sent of it, and nobody need send again */
  takeBack(): ReadonlySet<Waiting>
}

export interface LastGaspParts {
  url: string
  guard: Guard
  /** What comes first is laid ready first. */
  waiting(): Waiting[]
  encode(waiting: Waiting[]): string
}

type FetchLater = (url: string, init: RequestInit) => { readonly activated: boolean }

/** Within the 64 KiB that a page's origin may lay ready together, with room for the page's own. */
const MOST_BYTES = 48 * 1024
const SOON_MS = 1000
const NOTHING: ReadonlySet<Waiting> = new Set()

export function createLastGasp({ url, guard, waiting, encode }: LastGaspParts): LastGasp {
  const { fetchLater } = window as { fetchLater?: FetchLater }
  let ready: { waiting: ReadonlySet<Waiting>; result: { readonly activated: boolean }; abort(): void } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  // A page's permissions policy may forbid it; then there is none.
  let isRefused = !fetchLater

  const takeBack = () => {
    const sent = ready?.result.activated ? ready.waiting : NOTHING
    ready?.abort()
    ready = undefined
    clearTimeout(timer)
    timer = undefined
    return sent
  }
  const register = (items: Waiting[]) => {
    const abort = new AbortController()
    const result = (fetchLater as FetchLater).call(window, url, {
      ...REQUEST,
      headers: { 'content-type': 'application/json' },
      body: utf8(encode(items)),
      signal: abort.signal,
    })
    ready = { waiting: new Set(items), result, abort: () => abort.abort() }
    return ready.waiting
  }
  const layReady = () => {
    // Sent already: whoever sends next takes it back first.
    if (isRefused || ready?.result.activated) return NOTHING
    takeBack()
    let bytes = 0
    const items = waiting().filter((item) => {
      bytes += item.bytes
      return bytes <= MOST_BYTES
    })
    if (items.length === 0) return NOTHING
    const registered = guard('last-gasp', () => register(items))
    isRefused = !registered
    return registered ?? NOTHING
  }
  return {
    layReady,
    layReadySoon() {
      if (!isRefused) timer ??= setTimeout(layReady, SOON_MS)
    },
    takeBack,
  }
}
