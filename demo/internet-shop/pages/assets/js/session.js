import { api } from './api.js'
import { setUser } from './tracing.js'

/** Makes sure that the customer has a session (the Shop API keeps the one there is), and tells the tracing about it. */
export async function startSession() {
  const { userId } = await api('/session', { method: 'POST' })
  setUser(userId)
  return userId
}
