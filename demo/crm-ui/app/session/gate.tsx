import type { ReactNode } from 'react'
import { fillIn } from '../../../ui/language'
import { logIn } from '../../../ui/session'
import { Loading } from '../frame/loading'
import { StatePage } from '../frame/state-page'
import { explain } from '../texts/explain'
import { useTexts } from '../texts/texts'
import { LogOutButton } from './log-out-button'
import { useSession } from './session'

/** Lets managers through, and tells everybody else what to do. */
export function Gate({ children }: { children: ReactNode }) {
  const { presence, ask } = useSession()
  const { texts } = useTexts()
  const { session: say } = texts
  if (presence.state === 'asking') return <Loading />
  if (presence.state === 'unclear') {
    return (
      <StatePage title={say.unclear} text={explain(presence.error, texts)}>
        <button type="button" className="primary" onClick={ask}>
          {texts.retry}
        </button>
      </StatePage>
    )
  }
  if (presence.state === 'nobody') {
    const [title, text] = presence.hasEnded ? [say.ended, say.endedText] : [say.welcome, say.welcomeText]
    return (
      <StatePage title={title} text={text}>
        <button type="button" className="primary" onClick={logIn}>
          {say.logIn}
        </button>
      </StatePage>
    )
  }
  if (!presence.session.roles.includes('manager')) {
    return (
      <StatePage title={say.refused} text={fillIn(say.refusedText, { name: presence.session.name })}>
        <LogOutButton className="primary" />
      </StatePage>
    )
  }
  return children
}
