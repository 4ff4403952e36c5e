/**
 * Control characters, by which a terminal is steered, and those that turn the direction of writing, by which a line says something else than it
 * seems to.
 */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu

/** What came from outside as text that only shows, on one line. */
export function plainText(text: string): string {
  return text.replace(UNPRINTABLE, '\ufffd')
}

/** The same of a text with several lines of ours. */
export function plainLines(text: string): string {
  return text.split('\n').map(plainText).join('\n')
}

/** JSON in which the same characters are written as escapes: it means what it meant. */
export function plainJson(value: unknown): string {
  const json = JSON.stringify(value, null, 2)
  return json.replace(UNPRINTABLE, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
