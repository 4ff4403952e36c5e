import { hasTls } from '../login/own-origin'

/** Where browsers come by TLS they are to come by nothing else, for a year. Headers to send with each answer. */
export function strictTransport(): Record<string, string> {
  return hasTls() ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}
}
