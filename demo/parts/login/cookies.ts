import type { IncomingMessage } from 'node:http'

/** The cookie with this name. */
export function readCookie({ headers }: IncomingMessage, name: string): string | undefined {
  const pairs = headers.cookie?.split(/;\s*/) ?? []
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

/** A cookie that no script reads and no other site sends along; without a value it is taken away. */
export function writeCookie(
  name: string,
  value: string,
  { path = '/', maxAgeSeconds, isSecure }: { path?: string; maxAgeSeconds?: number; isSecure: boolean },
): string {
  const age = value === '' ? '; Max-Age=0' : maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`
  return `${name}=${value}; Path=${path}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}${age}`
}
