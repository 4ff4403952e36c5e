import { looksLikeEmail } from './scrub'

const LONGEST = 128

/** @returns what is wrong with an id, in words for the developer; `undefined` if nothing is */
export function problemOfId(name: string, id: unknown): string | undefined {
  if (typeof id !== 'string' || id === '')
    return `${name} must be a non-empty string, got ${shown(id)}; the spans go without it`
  if (id.length > LONGEST)
    return `${name} has ${id.length} characters, at most ${LONGEST} are allowed; the spans go without it`
  if (/\p{Surrogate}/u.test(id))
    return `${name} holds half a character, which no header can carry; the spans go without it`
  if (looksLikeEmail(id) || /\s/.test(id) || /^\+\d{6,}$/.test(id)) {
    return `${name} looks like an e-mail, a name or a phone number; give an opaque internal id. The spans go without it`
  }
  return undefined
}

const shown = (id: unknown) => (id === '' ? 'an empty one' : id === null ? 'null' : typeof id)
