import type { Pool, PoolClient } from 'pg'
import { ApiError } from './api-error'

export interface Account {
  userId: string
  /** As `hashPassword` made it. */
  password: string
}

/** Gives the customer an account. A refusal is no failed statement: PostgreSQL would quote the login in its error. */
export async function insertAccount(
  client: PoolClient,
  { userId, login, password }: Account & { login: string },
): Promise<void> {
  const query = 'INSERT INTO accounts (customer_id, login, password) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING'
  const { rowCount } = await client.query(query, [userId, login, password])
  if (rowCount === 1) return
  const { rows } = await client.query('SELECT 1 FROM accounts WHERE customer_id = $1', [userId])
  throw new ApiError(rows.length > 0 ? 'account_exists' : 'login_taken')
}

/** The login by which the customer comes back, or null. */
export async function findLogin(pool: Pool, userId: string): Promise<string | null> {
  const { rows } = await pool.query<{ login: string }>('SELECT login FROM accounts WHERE customer_id = $1', [userId])
  return rows[0]?.login ?? null
}

export async function findAccount(pool: Pool, login: string): Promise<Account | undefined> {
  const query = 'SELECT customer_id, password FROM accounts WHERE login = $1'
  const { rows } = await pool.query<{ customer_id: string; password: string }>(query, [login])
  return rows.map((row) => ({ userId: row.customer_id, password: row.password }))[0]
}
