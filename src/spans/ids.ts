/** Random and never all zero (https://www.w3.org/TR/trace-context/#trace-id), in lower-case hex. */
export function randomHex(bytes: number): string {
  const values = crypto.getRandomValues(new Uint8Array(bytes))
  values[0] ||= 1
  let hex = ''
  for (const value of values) hex += (value + 256).toString(16).slice(1)
  return hex
}
