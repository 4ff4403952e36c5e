import type { Guard } from '../page/guard'
import type { Report } from '../page/report'
import { problemOfId } from '../privacy/opaque-id'
import type { Session } from './session'

/** Who is at the page, as the page says it. */
export interface User {
  /** Asks the page where it gave a function, and answers the id that holds now. */
  current(): string | undefined
  /** @returns whether another id than before holds now */
  set(id: unknown): void
}

/** @param onUser somebody is known now */
export function trackUser(
  given: string | (() => string | undefined) | undefined,
  session: Session,
  { guard, report, onUser }: { guard: Guard; report: Report; onUser(id: string): void },
): User {
  let ask = typeof given === 'function' ? given : undefined
  const accept = (id: unknown, tell = onUser) => {
    const known = typeof id === 'number' ? String(id) : (id ?? undefined)
    const problem = known === undefined ? undefined : problemOfId('the user id', known)
    if (problem) report.misuse(problem)
    const userId = problem ? undefined : (known as string | undefined)
    if (userId === session.userId) return
    session.setUser(userId)
    if (userId !== undefined) tell(userId)
  }
  // Nothing is open yet that would want to know.
  if (typeof given === 'string') accept(given, () => {})
  return {
    current() {
      if (ask) accept(guard('userId', ask))
      return session.userId
    },
    set(id) {
      // What is said outright counts from now on.
      ask = undefined
      accept(id)
    },
  }
}
