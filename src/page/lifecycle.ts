import type { Guard } from './guard'

export interface Leaving {
  /** The page may be gone after this: `pagehide`. */
  onLeave(): void
  /** The page went to the background, and on a phone may never come back: `visibilitychange`. */
  onHide(): void
  /** The page came back from the back/forward cache: `pageshow`. */
  onReturn(): void
}

/**
 * Tells when the page goes away. `pagehide` fires on `window` alone and comes before `visibilitychange` on a navigation, so both are
 * needed; `unload` would keep the page out of the back/forward cache (https://web.dev/articles/bfcache).
 */
export function trackLeaving(guard: Guard, { onLeave, onHide, onReturn }: Leaving): () => void {
  const leave = () => guard('leave', onLeave)
  const hide = () => {
    if (document.visibilityState === 'hidden') guard('leave', onHide)
  }
  const comeBack = () => guard('leave', onReturn)
  addEventListener('pagehide', leave, true)
  addEventListener('pageshow', comeBack, true)
  document.addEventListener('visibilitychange', hide, true)
  return () => {
    removeEventListener('pagehide', leave, true)
    removeEventListener('pageshow', comeBack, true)
    document.removeEventListener('visibilitychange', hide, true)
  }
}
