import { createContext, useContext } from 'react'
import type { Session } from '../../../ui/session'

/** What is known of who is at the page. */
export type Presence =
  | { state: 'asking' }
  | { state: 'nobody'; hasEnded: boolean }
  | { state: 'here'; session: Session }
  | { state: 'unclear'; error: unknown }

export interface SessionControl {
  presence: Presence
  /** Asks once more who is here. */
  ask(): void
  /** A refusal of the API may say that nobody is logged in any more, or that the role is gone. */
  noteRefusal(error: unknown): void
  /** The person has logged out. */
  leave(): void
}

export const SessionContext = createContext<SessionControl>({
  presence: { state: 'asking' },
  ask: () => undefined,
  noteRefusal: () => undefined,
  leave: () => undefined,
})

export function useSession(): SessionControl {
  return useContext(SessionContext)
}
