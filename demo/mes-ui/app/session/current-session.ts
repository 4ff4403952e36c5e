import type { Tracing } from 'ordertrace'
import { type ShallowRef, shallowRef } from 'vue'
import { logOut, readSession, type Session } from '../../../ui/session'

/** Who is at the terminal, as far as is known. */
export type Who =
  | { is: 'unknown' }
  | { is: 'unreachable'; error: unknown }
  /** `hasEnded`: somebody was here, and has to log in again. */
  | { is: 'nobody'; hasEnded: boolean }
  /** Somebody who is no operator. */
  | { is: 'stranger'; session: Session }
  | { is: 'operator'; session: Session }

/** The session of this terminal; operators share it, in several tabs too. */
export interface CurrentSession {
  readonly who: ShallowRef<Who>
  /** Finds out who is here. What cannot be found out leaves what is known. */
  refresh(): Promise<void>
  /** The API says that nobody is logged in any more. */
  end(): void
  /** Logs out, for the next operator to log in. Rejects when that did not work. */
  leave(): Promise<void>
}

/** @param channel to the other tabs of the MES, which have the same session */
export function createCurrentSession(tracing: Pick<Tracing, 'setUser'>, channel: BroadcastChannel): CurrentSession {
  const who = shallowRef<Who>({ is: 'unknown' })
  let questions = 0

  /** A change is told to the tracing first: what is asked from here on is asked by somebody else. */
  function settle(next: Who): void {
    const [before, after] = [userOf(who.value), userOf(next)]
    tracing.setUser(after)
    if (!isSame(who.value, next)) who.value = next
    if (before !== after) channel.postMessage(after ?? null)
  }

  async function refresh(): Promise<void> {
    const question = ++questions
    try {
      const session = await readSession()
      // Only the last answer counts: an earlier one may tell of a session that has ended since.
      if (question === questions) settle(describe(session, who.value))
    } catch (error) {
      if (question === questions && !userOf(who.value)) who.value = { is: 'unreachable', error }
    }
  }

  channel.addEventListener('message', ({ data }) => {
    if (data !== (userOf(who.value) ?? null)) void refresh()
  })
  // Somebody else may have logged in while this page was out of sight, or lay in the back/forward cache.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void refresh()
  })
  return {
    who,
    refresh,
    end() {
      questions++
      settle(describe(undefined, who.value))
    },
    async leave() {
      await logOut()
      questions++
      settle({ is: 'nobody', hasEnded: false })
    },
  }
}

function describe(session: Session | undefined, before: Who): Who {
  if (session) return { is: session.roles.includes('operator') ? 'operator' : 'stranger', session }
  return { is: 'nobody', hasEnded: isEnded(before) }
}

/** Several answers may say that the session has ended: the second tells nothing new. */
function isEnded(before: Who): boolean {
  return userOf(before) !== undefined || (before.is === 'nobody' && before.hasEnded)
}

/** The opaque id of whoever is here. */
export function userOf(who: Who): string | undefined {
  return 'session' in who ? who.session.userId : undefined
}

/** What is the same is not drawn again. */
function isSame(one: Who, other: Who): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
