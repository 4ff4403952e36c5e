/** Asking the browser for each id would cost more than the id. */
const POOL_BYTES = 512
const pool = new Uint8Array(POOL_BYTES)
let used = POOL_BYTES

function fill(): void {
  try {
    crypto.getRandomValues(pool)
  } catch {
    // A page may have broken that; an id need only be one of its own.
    for (let i = 0; i < POOL_BYTES; i++) pool[i] = Math.random() * 256
  }
}

/** Random and never all zero (https://www.w3.org/TR/trace-context/#trace-id), in lower-case hex. */
export function randomHex(bytes: number): string {
  if (used + bytes > POOL_BYTES) {
    fill()
    used = 0
  }
  let hex = ''
  for (const value of pool.subarray(used, used + bytes)) hex += (value + 256).toString(16).slice(1)
  used += bytes
  return /[^0]/.test(hex) ? hex : randomHex(bytes)
}
