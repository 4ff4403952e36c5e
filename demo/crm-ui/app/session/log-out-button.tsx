import { useState } from 'react'
import { logOut } from '../../../ui/session'
import { explain } from '../texts/explain'
import { useTexts } from '../texts/texts'
import { useSession } from './session'

/** Ends the login, or says why it could not: whoever leaves a terminal must know. */
export function LogOutButton({ className }: { className: string }) {
  const { leave } = useSession()
  const { texts } = useTexts()
  const [state, setState] = useState<{ isLeaving: boolean; error?: unknown }>({ isLeaving: false })

  async function go(): Promise<void> {
    setState({ isLeaving: true })
    try {
      await logOut()
      leave()
    } catch (error) {
      setState({ isLeaving: false, error })
    }
  }
  return (
    <>
      <button
        type="button"
        className={className}
        aria-disabled={state.isLeaving}
        onClick={() => state.isLeaving || go()}
      >
        {state.isLeaving ? texts.session.loggingOut : texts.session.logOut}
      </button>
      <span className="log-out-error" role="alert">
        {state.error !== undefined && `${texts.session.stillIn} ${explain(state.error, texts)}`}
      </span>
    </>
  )
}
