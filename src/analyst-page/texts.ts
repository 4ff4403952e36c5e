import type { Language } from '../analyst/words'
import { english } from './texts-english'
import { russian } from './texts-russian'

/** Every text of the page, in the language that was chosen; else the browser's, Russian or English. */
export function textsIn(language: Language) {
  return language === 'ru' ? russian : english
}

const KEY = 'language'

/** The language of the address, of an earlier choice, or of the browser. */
export function findLanguage(search: string): Language {
  const given = new URLSearchParams(search).get('lang') ?? remembered() ?? navigator.language
  return given.startsWith('en') ? 'en' : 'ru'
}

/** Keeps the choice for the next visit. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language)
  } catch {
    // Storage is blocked: the choice then holds for this page only.
  }
}

function remembered(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined
  } catch {
    return undefined
  }
}
