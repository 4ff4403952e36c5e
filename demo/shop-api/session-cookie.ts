import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { customerCookies, readCustomerToken } from '../parts/login/customer-cookie'
import { hasTls } from '../parts/login/own-origin'

/** How long a browser keeps its session, ms: a year, since an order takes weeks and not every customer has an account. */
const maxAge = 365 * 24 * 3600 * 1000

const nameOfCookie = () => customerCookies[hasTls() ? 'secure' : 'plain']
const attributes = () => ({ httpOnly: true, sameSite: 'lax', path: '/', secure: hasTls() }) as const

/** A secret of one browser. */
export function createToken(): string {
  return randomBytes(32).toString('base64url')
}

export function readToken(request: Request): string | undefined {
  return readCustomerToken(request, nameOfCookie())
}

export function giveCookie(response: Response, token: string): void {
  response.cookie(nameOfCookie(), token, { ...attributes(), maxAge })
}

export function takeCookie(response: Response): void {
  response.clearCookie(nameOfCookie(), attributes())
}
