import type { RequestHandler } from 'express'
import type { Pool } from 'pg'
import { inTransaction } from '../parts/postgres/database'
import { findLogin, insertAccount } from './accounts'
import { readNewCredentials } from './credentials'
import { hashPassword } from './password'
import { replaceSession, requireUser } from './session'
import { giveCookie, readToken } from './session-cookie'

/** `GET /api/account`: the customer, and the login by which he comes back, if he has one. */
export function showAccount(pool: Pool): RequestHandler {
  return async (_request, response) => {
    const userId = requireUser(response)
    response.json({ userId, login: await findLogin(pool, userId) })
  }
}

/** `POST /api/account`: gives the customer of the session a login; he stays who he is, with his orders. */
export function createAccount(pool: Pool): RequestHandler {
  return async (request, response) => {
    const userId = requireUser(response)
    const { login, password } = readNewCredentials(request.body)
    const hashed = await hashPassword(password)
    const token = await inTransaction(pool, async (client) => {
      await insertAccount(client, { userId, login, password: hashed })
      // Whoever planted the session before must not be let into the account.
      return replaceSession(client, { userId, instead: readToken(request) })
    })
    giveCookie(response, token)
    response.status(201).json({ userId, login })
  }
}
