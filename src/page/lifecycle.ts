import type { PageListeners } from './page-listeners'

export interface Leaving {
  /** The page may be about to go: a navigation to another document has begun. */
  onDeparture(): void
  /** The page may be gone after this: `pagehide`. @param at when it was said, `performance.now()` */
  onLeave(at: number): void
  /** The page went to the background, and on a phone may never come back: `visibilitychange`. */
  onHide(): void
  /** The page came back from the back/forward cache: `pageshow`. */
  onReturn(): void
  onOnline(): void
}

type NavigateEvent = Event & { destination: { sameDocument: boolean } }

/**
 * Tells when the page goes away. `pagehide` fires on `window` alone and comes before `visibilitychange` on a navigation, so both are
 * needed; `unload` would keep the page out of the back/forward cache (https://web.dev/articles/bfcache).
 */
export function trackLeaving(listeners: PageListeners, on: Leaving): () => void {
  const { navigation } = window as { navigation?: EventTarget }
  const all: [EventTarget | undefined, string, (event: Event) => void][] = [
    [window, 'pagehide', ({ timeStamp }) => on.onLeave(timeStamp)],
    [window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && on.onReturn()],
    [window, 'online', on.onOnline],
    [document, 'visibilitychange', () => document.visibilityState === 'hidden' && on.onHide()],
    [navigation, 'navigate', (event) => (event as NavigateEvent).destination.sameDocument || on.onDeparture()],
  ]
  const stops = all.map(([target, type, listener]) => target && listeners.add('leave', target, type, listener))
  return () => {
    for (const stop of stops) stop?.()
  }
}
