import type { IncomingMessage } from 'node:http'
import { type CookieOptions, readCookie, readCookieNames, writeCookie } from './cookies'
import { createSeal } from './seal'

/** A login that has begun, and what has to come back from the provider. */
export interface Begun {
  state: string
  verifier: string
  nonce: string
  redirectUri: string
  back: string
}

/** Logins that have begun, each kept by the browser that began it. */
export interface BegunLogins {
  /** The `Set-Cookie` lines of one that begins here. */
  add(request: IncomingMessage, begun: Begun): string[]
  /** The one with this state; nothing in a browser that began none such. */
  find(request: IncomingMessage, state: string): Begun | undefined
  /** The `Set-Cookie` line that takes it away. */
  remove(state: string): string
}

const seconds = 600
/** Of one browser; each is some 600 bytes of its requests. */
const mostAtOnce = 5

/**
 * They are in cookies and not in a memory, which whoever began ten thousand could fill until everybody else's were gone. The browser
 * that comes back has to have it: a login that another began must not end in this one.
 */
export function createBegunLogins(prefix: string, options: CookieOptions): BegunLogins {
  const seal = createSeal<Begun>(seconds * 1000)
  const nameOf = (state: string) => `${prefix}${state.slice(0, 8)}`
  return {
    add(request, begun) {
      // The oldest come first, https://www.rfc-editor.org/rfc/rfc6265#section-5.4
      const before = readCookieNames(request).filter((name) => name.startsWith(prefix) && /^[\w-]+$/.test(name))
      const dropped = before.slice(0, Math.max(0, before.length + 1 - mostAtOnce))
      const line = writeCookie(nameOf(begun.state), seal.close(begun), { ...options, maxAgeSeconds: seconds })
      return [line, ...dropped.map((name) => writeCookie(name, '', options))]
    },
    find(request, state) {
      const begun = seal.open(readCookie(request, nameOf(state)) ?? '')
      return begun?.state === state ? begun : undefined
    },
    remove: (state) => writeCookie(nameOf(state), '', options),
  }
}
