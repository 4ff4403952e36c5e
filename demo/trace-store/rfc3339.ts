const SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.(\d+))?(?:Z|[+-]\d{2}:\d{2})$/

/**
 * Reads an RFC 3339 time with up to nine digits of a second, which `Date` would cut to three.
 * @returns nanoseconds since 1970
 * @throws Error when it is not one.
 */
export function parseRfc3339(text: string): bigint {
  const match = SHAPE.exec(text)
  const milliseconds = match ? Date.parse(text.replace(/\.\d+/, '')) : Number.NaN
  if (Number.isNaN(milliseconds)) throw new Error(`parsing time "${text}" as "2006-01-02T15:04:05.999999999Z07:00"`)
  const fraction = (match?.[1] ?? '').slice(0, 9).padEnd(9, '0')
  return BigInt(milliseconds) * 1_000_000n + BigInt(fraction)
}
