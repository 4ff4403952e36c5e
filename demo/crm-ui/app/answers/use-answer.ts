import { useCallback, useEffect, useRef, useState } from 'react'
import { api } from '../../../ui/api'
import { useSession } from '../session/session'
import { useReturn } from '../session/use-return'
import { findAnswer, keepAnswer } from './kept-answers'

/** What a screen knows of what the API says at one address. */
export interface Known<Answer> {
  /** The last answer; with `error`, or while loading, of some time ago. */
  answer?: Answer | undefined
  /** When it came, ms since 1970. */
  at?: number | undefined
  error?: unknown
  isLoading: boolean
}

export interface Answers<Answer> extends Known<Answer> {
  /** Asks again; resolves with the answer, or with nothing when there was none. */
  reload(): Promise<Answer | undefined>
  /** Takes what another request has answered. */
  take(answer: Answer): void
}

/**
 * Asks the API, and asks again whenever the person comes back to the tab. What was shown stays until there is something
 * newer: also when the address changes, and when an answer fails to come again.
 */
export function useAnswer<Answer>(path: string): Answers<Answer> {
  const { noteRefusal } = useSession()
  const [known, setKnown] = useState<Known<Answer>>(() => ({ ...recall<Answer>(path), isLoading: true }))
  // An answer that comes after another was asked for is no longer wanted.
  const latest = useRef(0)

  const take = useCallback(
    (answer: Answer) => {
      // What is still under way was asked for before this was so.
      latest.current++
      const answered = { answer, at: Date.now() }
      keepAnswer(path, answered)
      setKnown({ ...answered, isLoading: false })
    },
    [path],
  )
  const reload = useCallback(async () => {
    const turn = ++latest.current
    setKnown((before) => ({ ...before, isLoading: true }))
    try {
      const answer = await api<Answer>(path)
      if (turn === latest.current) take(answer)
      return answer
    } catch (error) {
      noteRefusal(error)
      const { answer, at } = recall<Answer>(path)
      if (turn === latest.current) setKnown({ answer, at, error, isLoading: false })
      return undefined
    }
  }, [path, take, noteRefusal])

  useEffect(() => {
    const before = recall<Answer>(path)
    if (before.answer) setKnown({ ...before, isLoading: true })
    void reload()
    return () => void latest.current++
  }, [path, reload])
  useReturn(reload)
  return { ...known, reload, take }
}

function recall<Answer>(path: string): { answer?: Answer | undefined; at?: number | undefined } {
  return (findAnswer(path) ?? {}) as { answer?: Answer; at?: number }
}
