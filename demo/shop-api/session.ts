import { createHash } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import type { Pool, PoolClient } from 'pg'
import { inTransaction } from '../parts/postgres/database'
import { withIds } from '../parts/tracing/edge'
import { ApiError } from './api-error'
import { createId } from './ids'
import { createToken, giveCookie, readToken } from './session-cookie'

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
  const token = await inTransaction(pool, async (client) => {
    await client.query('INSERT INTO customers (id) VALUES ($1)', [userId])
    return insertSession(client, userId)
  })
  giveCookie(response, token)
  return userId
}

/** Opens a session in the place of another, which opens nothing from then on. Its token is one that nobody has seen. */
export async function replaceSession(
  client: PoolClient,
  { userId, instead }: { userId: string; instead: string | undefined },
): Promise<string> {
  await endSession(client, instead)
  return insertSession(client, userId)
}

export async function endSession(database: Pool | PoolClient, token: string | undefined): Promise<void> {
  if (token) await database.query('DELETE FROM sessions WHERE token_hash = $1', [hash(token)])
}

async function insertSession(client: PoolClient, userId: string): Promise<string> {
  const token = createToken()
  await client.query('INSERT INTO sessions (token_hash, customer_id) VALUES ($1, $2)', [hash(token), userId])
  return token
}

async function findUser(pool: Pool, token: string): Promise<string | undefined> {
  const query = 'SELECT customer_id FROM sessions WHERE token_hash = $1'
  const { rows } = await pool.query<{ customer_id: string }>(query, [hash(token)])
  return rows[0]?.customer_id
}

function hash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
