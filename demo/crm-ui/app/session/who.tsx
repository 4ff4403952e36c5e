import { useTexts } from '../texts/texts'
import { LogOutButton } from './log-out-button'
import { useSession } from './session'

/** Who is logged in: name and role, for the screen alone. */
export function Who() {
  const { presence } = useSession()
  const { texts } = useTexts()
  if (presence.state !== 'here') return null
  const { name, roles } = presence.session
  const role = roles.map((one) => texts.session.roles[one] ?? one).join(', ') || texts.session.noRole
  return (
    <div className="who">
      <p>
        <span className="unseen">{texts.session.who}: </span>
        <strong>{name}</strong>
        <span className="role">{role}</span>
      </p>
      <LogOutButton className="quiet" />
    </div>
  )
}
