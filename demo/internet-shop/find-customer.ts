import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { customerCookies, readCustomerToken } from '../parts/login/customer-cookie'
import { ExpiringMap } from '../parts/login/expiring-map'
import { createLookUp, type LookUpLimits, lookUpLimits } from './look-ups'

/** A cookie opens one session of one customer until that ends, and one that opens none never will: so it is for a while. */
const rememberedMs = 30_000
const mostRemembered = 10_000

/** A trace of its own for each look would hide those of the orders: the trace is begun here, and not sampled. */
const notSampled = `00-${'1'.repeat(32)}-${'1'.repeat(16)}-00`

/** Who is logged in at a browser; nothing when nobody is. Rejects when that cannot be said now. */
export type FindCustomer = (request: IncomingMessage, client: string) => Promise<string | undefined>

/** Asks the Shop API which customer a browser's session belongs to: once for many requests, and not for what can be no session. */
export function createFindCustomer(apiUrl: string, limits: LookUpLimits = lookUpLimits): FindCustomer {
  const lookUp = createLookUp(limits)
  const memory = () => new ExpiringMap<string>({ ttlMs: rememberedMs, most: mostRemembered })
  // Apart, so that made-up sessions push no real one out.
  const [known, refused, asked] = [memory(), memory(), new Map<string, Promise<string | undefined>>()]

  async function find(cookie: string, key: string, client: string): Promise<string | undefined> {
    const userId = await lookUp(client, () => ask(apiUrl, cookie))
    if (userId) known.set(key, userId)
    else refused.set(key, '401')
    return userId
  }

  return async (request, client) => {
    const cookie = readSession(request)
    if (!cookie) return undefined
    const key = createHash('sha256').update(cookie).digest('base64url')
    const userId = known.get(key)
    if (userId || refused.get(key)) return userId
    const asking = asked.get(key) ?? find(cookie, key, client).finally(() => asked.delete(key))
    asked.set(key, asking)
    return asking
  }
}

/** Of all that the browser sends, the session alone. */
function readSession(request: IncomingMessage): string | undefined {
  for (const name of [customerCookies.secure, customerCookies.plain]) {
    const token = readCustomerToken(request, name)
    if (token) return `${name}=${token}`
  }
  return undefined
}

async function ask(apiUrl: string, cookie: string): Promise<string | undefined> {
  const response = await fetch(`${apiUrl}/api/session`, {
    headers: { cookie, traceparent: notSampled },
    signal: AbortSignal.timeout(2000),
  })
  if (response.status === 401) return undefined
  return ((await response.json()) as { userId: string }).userId
}
