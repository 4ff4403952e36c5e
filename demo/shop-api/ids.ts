import { randomInt } from 'node:crypto'

/** Without 0, 1, i, l and o: people read order numbers to each other on the telephone. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'
/** 31 to the power of 10 is about 2^50: too many to guess, short enough to say. */
const length = 10

/** A new unguessable id, such as `o-7k2m9x4qpt`. */
export function createId(prefix: 'o' | 'u'): string {
  const letters = Array.from({ length }, () => alphabet[randomInt(alphabet.length)])
  return `${prefix}-${letters.join('')}`
}
