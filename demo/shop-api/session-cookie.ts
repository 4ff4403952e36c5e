import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'

const name = 'shop_session'
const attributes = { httpOnly: true, sameSite: 'lax', path: '/' } as const
/** How long a browser keeps its session, ms: a year, since an order takes weeks and not every customer has an account. */
const maxAge = 365 * 24 * 3600 * 1000

/** A secret of one browser. */
export function createToken(): string {
  return randomBytes(32).toString('base64url')
}

export function readToken(request: Request): string | undefined {
  return request.headers.cookie?.match(/(?:^|;\s*)shop_session=([A-Za-z0-9_-]{43})(?:;|$)/)?.[1]
}

export function giveCookie(response: Response, token: string): void {
  response.cookie(name, token, { ...attributes, maxAge })
}

export function takeCookie(response: Response): void {
  response.clearCookie(name, attributes)
}
