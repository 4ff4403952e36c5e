import { useState } from 'react'
import { logOut } from '../../../ui/session'
import { useTexts } from '../texts/texts'
import { useSession } from './session'

/** Ends the login. Where that fails, the session is still there, and the button says so by being there too. */
export function LogOutButton({ className }: { className: string }) {
  const { leave } = useSession()
  const { texts } = useTexts()
  const [isLeaving, setLeaving] = useState(false)

  async function go(): Promise<void> {
    setLeaving(true)
    try {
      await logOut()
      leave()
    } catch {
      setLeaving(false)
    }
  }
  return (
    <button type="button" className={className} disabled={isLeaving} onClick={go}>
      {isLeaving ? texts.session.loggingOut : texts.session.logOut}
    </button>
  )
}
