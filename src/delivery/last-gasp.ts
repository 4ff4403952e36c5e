import type { Guard } from '../page/guard'
import type { Requests } from './sender'
import type { Waiting } from './waiting'

/**
 * A request that lies ready in the browser itself (`fetchLater`, https://wicg.github.io/pending-beacon/): it is sent when the page is gone, also when
 * the page has crashed. Without it, in other browsers, what waits is lost with a crash.
 */
export interface LastGasp {
  /** Lays ready what waits, in place of what lay there, before the page's code goes on; once, however many orders end now. */
  layReadyNow(): void
  /** The same, soon: for what need not be safe at once. */
  layReadySoon(): void
  /**
   * The page goes: what lies ready stays there, for the browser to send. To take it back now would come too late in half of the cases (Chromium 156),
   * and it would arrive twice. @returns what lies ready
   */
  leave(): ReadonlySet<Waiting>
  /** Lays ready these besides, as many as there is room for. @returns which */
  layBeside(rest: readonly Waiting[]): ReadonlySet<Waiting>
  /** The page came back. @returns what the browser has sent of what lay ready, which lies there no longer */
  comeBack(): ReadonlySet<Waiting>
  /** Takes back what lay ready. @returns what the browser has sent of it, and nobody need send again */
  takeBack(): ReadonlySet<Waiting>
}

export interface LastGaspParts extends Requests {
  guard: Guard
  /** What comes first is laid ready first. */
  waiting(): Waiting[]
  encode(waiting: readonly Waiting[]): string
}

type FetchLater = (url: string, init: RequestInit) => { readonly activated: boolean }

/** Within the 64 KiB that a page's origin may lay ready together, with room for the page's own. */
const MOST_BYTES = 48 * 1024
const SOON_MS = 1000

export function createLastGasp({ url, request, guard, waiting, encode }: LastGaspParts): LastGasp {
  const { fetchLater } = window as { fetchLater?: FetchLater }
  const nativeQueueMicrotask = window.queueMicrotask.bind(window)
  let ready: { waiting: ReadonlySet<Waiting>; result: { readonly activated: boolean }; abort(): void }[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let hasLeft = false
  let isAsked = false
  // A page's permissions policy may forbid it; then there is none. That others have laid ready too much may pass.
  let isRefused = !fetchLater

  const takeBack = (): ReadonlySet<Waiting> => {
    if (hasLeft) return new Set()
    const sent = ready.filter(({ result }) => result.activated).flatMap(({ waiting }) => [...waiting])
    for (const { abort } of ready) abort()
    ready = []
    clearTimeout(timer)
    timer = undefined
    return new Set(sent)
  }
  const register = (items: readonly Waiting[]) => {
    const abort = new AbortController()
    const result = (fetchLater as FetchLater).call(window, url, {
      ...request,
      headers: { 'content-type': 'application/json' },
      body: encode(items),
      signal: abort.signal,
    })
    ready.push({ waiting: new Set(items), result, abort: () => abort.abort() })
  }
  const fitting = (items: readonly Waiting[], mostBytes: number) => {
    let bytes = 0
    return items.filter((item) => {
      bytes += item.bytes
      return bytes <= mostBytes
    })
  }
  const layAll = () => {
    // Sent already: whoever sends next takes it back first.
    if (isRefused || hasLeft || ready.some(({ result }) => result.activated)) return
    takeBack()
    const items = fitting(waiting(), MOST_BYTES)
    if (items.length === 0) return
    try {
      register(items)
    } catch (error) {
      isRefused = (error as Error)?.name === 'NotAllowedError'
      throw error
    }
  }
  const layReady = () => void guard('last-gasp', layAll)
  const lieReady = () => new Set(ready.flatMap(({ waiting }) => [...waiting]))
  return {
    layReadyNow() {
      if (isAsked) return
      isAsked = true
      nativeQueueMicrotask(() => {
        isAsked = false
        layReady()
      })
    },
    leave() {
      hasLeft = true
      clearTimeout(timer)
      timer = undefined
      return lieReady()
    },
    layBeside(rest) {
      const before = lieReady()
      let room = MOST_BYTES
      for (const { bytes } of before) room -= bytes
      const items = isRefused ? [] : fitting(rest, room)
      if (items.length > 0) guard('last-gasp', () => register(items))
      return new Set([...lieReady()].filter((waiting) => !before.has(waiting)))
    },
    comeBack() {
      hasLeft = false
      return takeBack()
    },
    layReadySoon() {
      if (!isRefused) timer ??= setTimeout(layReady, SOON_MS)
    },
    takeBack,
  }
}
