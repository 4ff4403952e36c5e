import { ApiError } from './api-error'

/** What a customer types to log in. */
export interface Credentials {
  /** In lower case. */
  login: string
  password: string
}

const shape = /^[^\s\p{C}]{3,64}$/u

/** The login as it is kept, or nothing when it cannot be one. */
export function toLogin(value: unknown): string | undefined {
  // Keyboards of telephones put a space after a suggested word.
  const login = typeof value === 'string' ? value.trim().normalize('NFC').toLowerCase() : ''
  return shape.test(login) ? login : undefined
}

/** What a body says, as far as it can be an account's. */
export function readCredentials(body: unknown): { login: string | undefined; password: string } {
  const { login, password } = (body ?? {}) as { login?: unknown; password?: unknown }
  return { login: toLogin(login), password: typeof password === 'string' ? password : '' }
}

/** The credentials of a new account. Throws what is wrong with them. */
export function readNewCredentials(body: unknown): Credentials {
  const { login, password } = readCredentials(body)
  if (login === undefined) throw new ApiError('login_invalid')
  const length = [...password].length
  if (length < 8 || length > 200 || password.toLowerCase() === login) throw new ApiError('password_weak')
  return { login, password }
}
