import { looksLikeEmail } from './scrub'

const LONGEST = 128

/** @returns what is wrong with an id, in words for the developer; `undefined` if nothing is */
export function problemOfId(name: string, id: unknown): string | undefined {
  const problem = whatIsWrong(id)
  return problem && `${name} ${problem}; the spans go without it`
}

function whatIsWrong(id: unknown): string | undefined {
  if (typeof id !== 'string' || id === '') return 'is no text, or empty'
  if (id.length > LONGEST) return `has more than ${LONGEST} characters`
  if (/\p{Surrogate}/u.test(id)) return 'holds half a character'
  if (looksLikeEmail(id) || /\s/.test(id) || /^\+\d{6,}$/.test(id))
    return 'looks like an e-mail, a name or a phone number: give an opaque id'
  return undefined
}
