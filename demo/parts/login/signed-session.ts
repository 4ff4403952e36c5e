import { createHmac, timingSafeEqual } from 'node:crypto'
import express, { type Request, Router } from 'express'
import { Refusal } from '../http/refusal'
import { isId } from '../orders/order-ids'
import { withIds } from '../tracing/edge'
import { type IdentifyEmployee, requireEmployee } from './employee'
import { testEmployees } from './test-employees'

/** How long a login holds, ms: a shift. */
const maxAge = 12 * 3600 * 1000

export interface SignedSessionOptions {
  secret: string
  /** Whose session it is: the cookie's name, and part of what is signed, so that it opens no other service. */
  service: string
}

/** A login without a password, for a demo on one machine: who one says one is, kept in a signed cookie. */
export interface SignedSession {
  identify: IdentifyEmployee
  /** `GET`, `POST` and `DELETE /session`. */
  routes: Router
}

/** Creates the session of one service. */
export function createSignedSession({ secret, service }: SignedSessionOptions): SignedSession {
  const cookieName = `${service}-session`
  const sign = (content: string) => createHmac('sha256', secret).update(`${service}.${content}`).digest('base64url')

  function identify(request: Request) {
    const token = readCookie(request, cookieName)
    const [userId, end, signature] = token?.split('.') ?? []
    if (!userId || !signature || !isEqual(signature, sign(`${userId}.${end}`)) || Number(end) < Date.now()) return
    return testEmployees.find((employee) => employee.userId === userId)
  }

  const routes = Router()
  routes.get('/session', (_request, response) => void response.json(requireEmployee(response)))
  routes.post('/session', express.json({ limit: '1kb' }), (request, response) => {
    const userId = (request.body as { userId?: unknown } | undefined)?.userId
    const employee = isId(userId) && testEmployees.find((candidate) => candidate.userId === userId)
    if (!employee) throw new Refusal('employee_unknown', [403, 'There is no such employee: send {"userId": "u-…"}.'])
    const content = `${employee.userId}.${Date.now() + maxAge}`
    const options = { httpOnly: true, sameSite: 'lax', maxAge, path: '/' } as const
    response.cookie(cookieName, `${content}.${sign(content)}`, options)
    withIds({ user_id: employee.userId }, () => response.status(201).json(employee))
  })
  routes.delete('/session', (_request, response) => void response.clearCookie(cookieName).sendStatus(204))
  return { identify, routes }
}

function readCookie(request: Request, name: string): string | undefined {
  const pairs = request.headers.cookie?.split(/;\s*/) ?? []
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

function isEqual(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
