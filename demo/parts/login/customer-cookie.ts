import type { IncomingMessage } from 'node:http'
import { readCookie } from './cookies'

/** The cookie of a customer's session, where it is sent back by TLS alone and where it is not. */
export const customerCookies = { secure: '__Host-shop_session', plain: 'shop_session' } as const

/** As the Shop API makes them: what looks otherwise opens nothing. */
const token = /^[A-Za-z0-9_-]{43}$/

/** The session that a browser says to have under this name. */
export function readCustomerToken(request: IncomingMessage, name: string): string | undefined {
  const value = readCookie(request, name)
  return value !== undefined && token.test(value) ? value : undefined
}
