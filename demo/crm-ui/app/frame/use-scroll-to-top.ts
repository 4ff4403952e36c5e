import { useEffect } from 'react'
import { useLocation, useNavigationType } from 'react-router'

/** A new screen begins at its top; on the way back the browser knows better. */
export function useScrollToTop(): void {
  const { pathname, search } = useLocation()
  const isBack = useNavigationType() === 'POP'
  const after = new URLSearchParams(search).get('after')
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is the reason, though only its change is looked at
  useEffect(() => {
    if (!isBack) scrollTo(0, 0)
  }, [pathname, after, isBack])
}
