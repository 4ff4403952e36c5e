import { ApiError, api, post } from './api'

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

/** Goes to the login, and comes back to where the page is now. */
export function logIn(): void {
  location.assign(`/login?back=${encodeURIComponent(location.pathname + location.search)}`)
}

/** Ends the login here and at the identity provider. */
export async function logOut(): Promise<void> {
  const { location: next } = await post<{ location: string }>('/logout')
  location.assign(next)
}
