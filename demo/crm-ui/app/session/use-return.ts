import { useEffect } from 'react'

/** Calls `look` whenever the person comes back to this tab: meanwhile others have worked, or logged in here. */
export function useReturn(look: () => void, isWanted = true): void {
  useEffect(() => {
    if (!isWanted) return
    const onChange = () => {
      if (document.visibilityState === 'visible') look()
    }
    document.addEventListener('visibilitychange', onChange)
    return () => document.removeEventListener('visibilitychange', onChange)
  }, [look, isWanted])
}
