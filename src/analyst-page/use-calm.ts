import { useEffect, useRef, useState } from 'preact/hooks'

/** Sooner than this nobody wants to hear the next percentage, ms. */
const CALM_MS = 5000

/** The text as it was at most so long ago: what is read aloud must not change with every slice that was read. */
export function useCalm(text: string): string {
  const [told, setTold] = useState(text)
  const last = useRef(Date.now())
  useEffect(() => {
    const tell = () => {
      last.current = Date.now()
      setTold(text)
    }
    const timer = setTimeout(tell, Math.max(0, last.current + CALM_MS - Date.now()))
    return () => clearTimeout(timer)
  }, [text])
  return told
}
