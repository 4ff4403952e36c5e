/** Asking the browser for each id would cost more than the id. */
const POOL_WORDS = 128
const pool = new Uint32Array(POOL_WORDS)
let used = POOL_WORDS

function fill(): void {
  try {
    crypto.getRandomValues(pool)
  } catch {
    // A page may have broken that; an id need only be one of its own.
    for (let i = 0; i < POOL_WORDS; i++) pool[i] = Math.random() * 2 ** 32
  }
}

/** Random and never all zero (https://www.w3.org/TR/trace-context/#trace-id), in lower-case hex. @param bytes 8 or 16 */
export function randomHex(bytes: number): string {
  const end = used + bytes / 4
  if (end > POOL_WORDS) {
    fill()
    used = 0
    return randomHex(bytes)
  }
  let hex = ''
  while (used < end) hex += ((pool[used++] as number) + 2 ** 32).toString(16).slice(1)
  return /[^0]/.test(hex) ? hex : randomHex(bytes)
}
