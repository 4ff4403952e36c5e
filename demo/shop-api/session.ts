import { createHash, randomBytes } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import type { Pool } from 'pg'
import { inTransaction } from '../parts/postgres/database'
import { withIds } from '../parts/tracing/edge'
import { ApiError } from './api-error'
import { createId } from './ids'

const cookieName = 'shop_session'
/** How long a browser keeps its session, ms: a year, since an order takes weeks and there is no login to come back by. */
const maxAge = 365 * 24 * 3600 * 1000

/** Finds the customer of the cookie; from here on `user_id` is the one of the session, whatever the browser said. */
export function readSession(pool: Pool): RequestHandler {
  return async (request, response, next) => {
    const token = readToken(request)
    const userId = token && (await findUser(pool, token))
    response.locals.userId = userId
    if (userId) withIds({ user_id: userId }, next)
    else next()
  }
}

/** The customer of this request. Throws when there is no session. */
export function requireUser(response: Response): string {
  const userId: unknown = response.locals.userId
  if (typeof userId !== 'string') throw new ApiError('session_required')
  return userId
}

/** Makes a customer with a session, and gives the browser its cookie. */
export async function openSession(pool: Pool, response: Response): Promise<string> {
  const userId = createId('u')
  const token = randomBytes(32).toString('base64url')
  await inTransaction(pool, async (client) => {
    await client.query('INSERT INTO customers (id) VALUES ($1)', [userId])
    await client.query('INSERT INTO sessions (token_hash, customer_id) VALUES ($1, $2)', [hash(token), userId])
  })
  response.cookie(cookieName, token, { httpOnly: true, sameSite: 'lax', maxAge, path: '/' })
  return userId
}

async function findUser(pool: Pool, token: string): Promise<string | undefined> {
  const query = 'SELECT customer_id FROM sessions WHERE token_hash = $1'
  const { rows } = await pool.query<{ customer_id: string }>(query, [hash(token)])
  return rows[0]?.customer_id
}

function readToken(request: Request): string | undefined {
  return request.headers.cookie?.match(/(?:^|;\s*)shop_session=([A-Za-z0-9_-]{43})(?:;|$)/)?.[1]
}

function hash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
