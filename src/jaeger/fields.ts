/** What came from outside, looked at with care: nothing in an answer has to be what the documentation says. */
export type Fields = Record<string, unknown>

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

export function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : []
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A 64-bit number, which JSON has as text or, where somebody was careless, as a number. */
export function bigintOf(value: unknown): bigint {
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return BigInt(value)
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return BigInt(Math.trunc(value))
  return 0n
}

/** An id in lower-case hex, also from Base64, in which older versions of the query API write it; empty if it is neither. */
export function idOf(value: unknown, digits: 16 | 32): string {
  const text = textOf(value)
  if (/^[0-9a-f]{1,32}$/i.test(text) && text.length <= digits) return text.toLowerCase().padStart(digits, '0')
  if (!/^[\w+/-]{8,24}={0,2}$/.test(text)) return ''
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return [...bytes]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .padStart(digits, '0')
}
