import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { Who } from '../session/who'
import { useTexts } from '../texts/texts'
import { LanguageSwitch } from './language-switch'
import { useScrollToTop } from './use-scroll-to-top'

/** What is round every screen. */
export function Frame({ children }: { children: ReactNode }) {
  const { texts } = useTexts()
  useScrollToTop()
  return (
    <>
      <a className="skip" href="#main">
        {texts.skip}
      </a>
      <header className="top">
        <NavLink className="brand" to="/">
          <img src="/icon.svg" alt="" width="32" height="32" />
          {texts.brand} <span>CRM</span>
        </NavLink>
        <nav aria-label={texts.nav.label}>
          <NavLink to="/" end>
            {texts.nav.orders}
          </NavLink>
        </nav>
        <div className="person">
          <LanguageSwitch />
          <Who />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  )
}
