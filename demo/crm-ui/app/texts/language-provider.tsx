import { type ReactNode, useLayoutEffect, useMemo, useState } from 'react'
import { keepLanguage, readLanguage } from '../../../ui/language'
import { en } from './en'
import { ru } from './ru'
import { ReadingContext } from './texts'

const texts = { ru, en }

/** Keeps the chosen language for the page and for the next visit. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, choose] = useState(readLanguage)
  useLayoutEffect(() => keepLanguage(language), [language])
  const reading = useMemo(() => ({ language, texts: texts[language], choose }), [language])
  return <ReadingContext value={reading}>{children}</ReadingContext>
}
