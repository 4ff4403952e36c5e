import type { IncomingMessage } from 'node:http'

export interface CookieOptions {
  path?: string
  maxAgeSeconds?: number
  isSecure: boolean
}

/** The cookie with this name. */
export function readCookie(request: IncomingMessage, name: string): string | undefined {
  return pairs(request)
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)
}

/** The names of all cookies, in the browser's order. */
export function readCookieNames(request: IncomingMessage): string[] {
  return pairs(request).map((pair) => pair.split('=', 1)[0] ?? '')
}

/** With TLS a name that no other host of the site and nobody without TLS can give a cookie, which then is for all paths. */
export function nameCookie(name: string, { isSecure }: Pick<CookieOptions, 'isSecure'>): string {
  return isSecure ? `__Host-${name}` : name
}

/** A cookie that no script reads and no other site sends along; without a value it is taken away. */
export function writeCookie(
  name: string,
  value: string,
  { path = '/', maxAgeSeconds, isSecure }: CookieOptions,
): string {
  const age = value === '' ? '; Max-Age=0' : maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`
  return `${name}=${value}; Path=${path}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}${age}`
}

function pairs({ headers }: IncomingMessage): string[] {
  return headers.cookie?.split(/;\s*/) ?? []
}
