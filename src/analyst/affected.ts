import type { Checkout } from './checkout'

/** Somebody whose orders were slow or failed more than once. */
export interface AffectedUser {
  userId: string
  orders: number
  slow: number
  failed: number
}

/** Once may be anybody's bad luck. */
const LEAST_TROUBLES = 2
const MOST_USERS = 10

/** For whom it is slow or fails: whoever had it at least twice, the worst first. */
export function findAffected(checkouts: readonly Checkout[], slowerThan: number): AffectedUser[] {
  const users = new Map<string, AffectedUser>()
  for (const { userId, outcome, ms } of checkouts) {
    if (userId === '') continue
    const user = users.get(userId) ?? { userId, orders: 0, slow: 0, failed: 0 }
    users.set(userId, user)
    user.orders++
    if (outcome === 'failed') user.failed++
    if (outcome === 'confirmed' && ms > slowerThan) user.slow++
  }
  const troubles = ({ slow, failed }: AffectedUser) => slow + failed
  return [...users.values()]
    .filter((user) => troubles(user) >= LEAST_TROUBLES)
    .sort((a, b) => troubles(b) - troubles(a) || b.failed - a.failed || b.orders - a.orders)
    .slice(0, MOST_USERS)
}
