import { useSyncExternalStore } from 'react'

/** A table needs this much; a narrower screen gets cards, which are lists to a screen reader too. */
const query = '(min-width: 860px)'

export function useIsWide(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}

function subscribe(onChange: () => void): () => void {
  const media = matchMedia(query)
  media.addEventListener('change', onChange)
  return () => media.removeEventListener('change', onChange)
}
