import { randomBytes } from 'node:crypto'

/** What two parts share as long as the system runs; it is forgotten at the end, so it cannot leak. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url')
}
