import type { Guard } from './guard'

export interface Leaving {
  /** The page may be gone after this: `pagehide`. */
  onLeave(): void
  /** The page went to the background, and on a phone may never come back: `visibilitychange`. */
  onHide(): void
}

/**
 * Tells when the page goes away. `pagehide` fires on `window` alone and comes before `visibilitychange` on a navigation, so both are
 * needed; `unload` would keep the page out of the back/forward cache (https://web.dev/articles/bfcache).
 */
export function trackLeaving(guard: Guard, { onLeave, onHide }: Leaving): () => void {
  const leave = () => guard('leave', onLeave)
  const hide = () => {
    if (document.visibilityState === 'hidden') guard('leave', onHide)
  }
  addEventListener('pagehide', leave, true)
  document.addEventListener('visibilitychange', hide, true)
  return () => {
    removeEventListener('pagehide', leave, true)
    document.removeEventListener('visibilitychange', hide, true)
  }
}
