import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { wordsIn } from '../analyst/say'
import type { Language, Words } from '../analyst/words'
import { textsIn } from './texts'
import type { Texts } from './texts-shape'

/** The language, and what every part of the page says in it. */
export interface Speech {
  language: Language
  texts: Texts
  words: Words
}

export function speechIn(language: Language): Speech {
  return { language, texts: textsIn(language), words: wordsIn(language) }
}

export const SpeechContext = createContext<Speech>(speechIn('ru'))

export function useSpeech(): Speech {
  return useContext(SpeechContext)
}
