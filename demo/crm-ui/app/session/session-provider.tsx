import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import { ApiError } from '../../../ui/api'
import { readSession } from '../../../ui/session'
import { forgetAnswers } from '../answers/kept-answers'
import { tracing } from '../tracing'
import { type Presence, SessionContext } from './session'
import { useReturn } from './use-return'

/** Finds out who is at the page, and tells the tracing: by an opaque id, never by name. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [presence, setPresence] = useState<Presence>({ state: 'asking' })

  const settle = useCallback((next: Presence) => {
    // Whoever comes to this terminal next must neither see what the last one saw nor be taken for that one.
    if (next.state !== 'here') forgetAnswers()
    tracing.setUser(next.state === 'here' ? next.session.userId : undefined)
    setPresence(next)
  }, [])
  const ask = useCallback(() => void find().then(settle), [settle])
  useEffect(ask, [ask])

  const lookAgain = useCallback(async () => {
    const found = await find()
    // A server that does not answer says nothing of who is here.
    if (found.state === 'here') settle(found)
    else if (found.state === 'nobody') settle({ state: 'nobody', hasEnded: true })
  }, [settle])
  useReturn(lookAgain, presence.state === 'here')

  const leave = useCallback(() => settle({ state: 'nobody', hasEnded: false }), [settle])
  const noteRefusal = useCallback(
    (error: unknown) => {
      if (!(error instanceof ApiError)) return
      if (error.status === 401) settle({ state: 'nobody', hasEnded: true })
      if (error.code === 'role_required') setPresence(withoutRoles)
    },
    [settle],
  )
  const control = useMemo(() => ({ presence, ask, noteRefusal, leave }), [presence, ask, noteRefusal, leave])
  return <SessionContext value={control}>{children}</SessionContext>
}

async function find(): Promise<Presence> {
  try {
    const session = await readSession()
    return session ? { state: 'here', session } : { state: 'nobody', hasEnded: false }
  } catch (error) {
    return { state: 'unclear', error }
  }
}

/** The role was taken away after the login: the API knows better than what the login said. */
function withoutRoles(presence: Presence): Presence {
  return presence.state === 'here' ? { ...presence, session: { ...presence.session, roles: [] } } : presence
}
