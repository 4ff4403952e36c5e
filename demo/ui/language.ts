export type Language = 'ru' | 'en'

const KEY = 'language'

/** The language that was chosen here last; Russian is the company's. */
export function readLanguage(): Language {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'ru'
  } catch {
    return 'ru'
  }
}

/** Remembers the choice; where storage is blocked it holds for this page only. */
export function keepLanguage(language: Language): void {
  document.documentElement.lang = language
  try {
    localStorage.setItem(KEY, language)
  } catch {
    // See above.
  }
}

/** A text with its `{names}` replaced by the values. */
export function fillIn(template: string, values: Record<string, string | number> = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
