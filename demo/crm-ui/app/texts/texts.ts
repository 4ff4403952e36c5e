import { createContext, useContext } from 'react'
import type { Language } from '../../../ui/language'
import { ru } from './ru'

export type Texts = typeof ru

/** The language that was chosen, and its texts. */
export interface Reading {
  language: Language
  texts: Texts
  choose(language: Language): void
}

export const ReadingContext = createContext<Reading>({ language: 'ru', texts: ru, choose: () => undefined })

/** What the reader reads. */
export function useTexts(): Reading {
  return useContext(ReadingContext)
}
