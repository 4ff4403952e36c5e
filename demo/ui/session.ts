import { ApiError, api, post } from './api'
import { readLanguage } from './language'

/** The employee at this page. `userId` is opaque; `name` is for the screen, and never for a trace. */
export interface Session {
  userId: string
  name: string
  roles: string[]
}

/** Who is logged in here; nothing when nobody is. Throws `ApiError` when that cannot be found out. */
export async function readSession(): Promise<Session | undefined> {
  try {
    return await api<Session>('/session')
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return undefined
    throw error
  }
}

/** Goes to the login, in the page's language, and comes back to where the page is now. */
export function logIn(): void {
  const address = new URLSearchParams({ back: location.pathname + location.search, language: readLanguage() })
  location.assign(`/login?${address}`)
}

/** Ends the login here and at the identity provider. */
export async function logOut(): Promise<void> {
  const { location: next } = await post<{ location: string }>('/logout')
  location.assign(next)
}
