import type { RequestHandler } from 'express'
import type { Pool } from 'pg'
import { Attempts, ofAccount } from '../parts/login/attempts'
import { inTransaction } from '../parts/postgres/database'
import { findAccount } from './accounts'
import { ApiError } from './api-error'
import { readCredentials } from './credentials'
import { isPassword } from './password'
import { endSession, replaceSession } from './session'
import { giveCookie, readToken, takeCookie } from './session-cookie'

/**
 * `POST /api/login`: opens a session of the account's customer instead of the present one. The trace of this request stays
 * with the customer who asked: another one is there only from the answer on.
 */
export function logIn(pool: Pool): RequestHandler {
  const attempts = new Attempts(ofAccount)
  return async (request, response) => {
    const { login, password } = readCredentials(request.body)
    if (login !== undefined) {
      if (!attempts.isOpen(login)) throw new ApiError('too_many_attempts')
      attempts.count(login)
    }
    const account = login === undefined ? undefined : await findAccount(pool, login)
    const isRight = await isPassword(password, account?.password)
    if (login === undefined || !account || !isRight) throw new ApiError('login_failed')
    attempts.forget(login)
    const { userId } = account
    const token = await inTransaction(pool, (client) => replaceSession(client, { userId, instead: readToken(request) }))
    giveCookie(response, token)
    response.json({ userId, login })
  }
}

/** `POST /api/logout`: ends the session here and in the browser. Without one there is nothing to end, which is no error. */
export function logOut(pool: Pool): RequestHandler {
  return async (request, response) => {
    await endSession(pool, readToken(request))
    takeCookie(response)
    response.json({})
  }
}
