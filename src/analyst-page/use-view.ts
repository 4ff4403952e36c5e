import { useEffect, useState } from 'preact/hooks'
import { readView, type View, writeView } from './address'

/**
 * The view of the address. A change is a step in the browser's history, so that Back leads to where one was.
 * @param first the query of the view where the address says nothing
 */
export function useView(first: string): [View, (change: Partial<View>) => void] {
  // Once something was chosen, no query says that it is as usual.
  const read = () => readView(location.search || (history.state ? '' : first))
  const [view, setView] = useState(read)
  useEffect(() => {
    const follow = () => setView(read())
    window.addEventListener('popstate', follow)
    return () => window.removeEventListener('popstate', follow)
  }, [first])
  const change = (changed: Partial<View>) => {
    const next = { ...view, ...changed }
    // A file on disk may have no history of its own.
    try {
      history.pushState(true, '', writeView(next) || location.pathname)
    } catch {
      // The view changes all the same; only its address does not.
    }
    setView(next)
  }
  return [view, change]
}
